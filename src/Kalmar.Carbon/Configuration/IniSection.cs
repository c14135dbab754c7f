namespace Kalmar.Carbon.Configuration;

/// <summary>A section of a configuration file.</summary>
/// <param name="Name">The name between the brackets.</param>
/// <param name="Values">Its keys, without regard to case.</param>
public sealed record IniSection(string Name, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The value of a key, or null.</summary>
    public string? this[string key] => Values.GetValueOrDefault(key);
}
