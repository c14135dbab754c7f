namespace Kalmar.Server.Endpoints.Calamari.Cli;

/// <summary>A command that a cluster knows.</summary>
/// <param name="Words">The words that begin it.</param>
/// <param name="Arguments">What follows.</param>
/// <param name="Module">The part of the cluster that it concerns: <c>osd</c>, <c>auth</c>, …</param>
/// <param name="Permission">What it needs: <c>r</c>, <c>rw</c>, <c>rwx</c>.</param>
/// <param name="IsForManager">Whether the active manager runs it.</param>
internal sealed record CliSignature(IReadOnlyList<string> Words, IReadOnlyList<CliArgument> Arguments, string Module, string Permission, bool IsForManager)
{
    /// <summary>True when it changes nothing. Some of the manager's modules call reading what ends a task or asks disks for their health.</summary>
    public bool IsRead => !Words.Any(w => w is "cancel" || w.StartsWith("scrape", StringComparison.Ordinal)) && !Permission.Contains('w', StringComparison.Ordinal) && !Permission.Contains('x', StringComparison.Ordinal);

    /// <summary>True when it gives out or changes secrets and rights: it needs a superuser.</summary>
    public bool IsSensitive => Module is "auth" or "config-key" || Words is ["config-key" or "auth", ..];
}
