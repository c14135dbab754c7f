namespace Kalmar.Cli.Configuration;

/// <summary>One key of Kalmar's configuration, as <c>docs/configuration.md</c> lists it.</summary>
/// <param name="Name">The key's path with colons; <c>*</c> stands for the number of an item: <c>clusters:*:conf</c>.</param>
/// <param name="Default">What holds when nobody says anything, as it would be written in the file; empty when there is none.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record ConfigurationKey(string Name, string Default, string Meaning)
{
    /// <summary>The environment variable that sets the key: <c>KALMAR_CLUSTERS__0__CONF</c>.</summary>
    public string Variable => "KALMAR_" + Name.Replace("*", "0", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();
}
