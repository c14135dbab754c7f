namespace Kalmar.Server.Endpoints.Calamari.Cli;

/// <summary>An argument of a command, as the monitors describe it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Ceph's type: <c>CephInt</c>, <c>CephString</c>, <c>CephChoices</c>, …</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="IsList">Whether it takes all words that follow.</param>
/// <param name="Choices">The words that are taken; empty for any.</param>
internal sealed record CliArgument(string Name, string Type, bool IsRequired, bool IsList, IReadOnlyList<string> Choices)
{
    /// <summary>True for a switch such as <c>--yes-i-really-mean-it</c>, which stands for itself.</summary>
    public bool IsSwitch => Type == "CephBool" || Choices is [{ } only] && only.StartsWith("--", StringComparison.Ordinal);
}
