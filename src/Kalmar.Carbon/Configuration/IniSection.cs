namespace Kalmar.Carbon.Configuration;

/// <summary>A section of a configuration file.</summary>
/// <param name="Name">The name between the brackets.</param>
/// <param name="Values">Its keys, without regard to case.</param>
public sealed record IniSection(string Name, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The line of each key, from 1.</summary>
    public IReadOnlyDictionary<string, int> Lines { get; init; } = new Dictionary<string, int>();

    /// <summary>The value of a key, or null.</summary>
    public string? this[string key] => Values.GetValueOrDefault(key);
}
