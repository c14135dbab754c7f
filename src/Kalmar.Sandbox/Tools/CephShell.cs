using System.Text.Json;

namespace Kalmar.Sandbox.Tools;

/// <summary>
/// Speaks to a sandbox's cluster through the <c>ceph</c> program. It takes 0.3 s to start, so several commands are given to one run through
/// its standard input.
/// </summary>
/// <param name="runner">Runs it.</param>
/// <param name="confPath">The sandbox's ceph.conf.</param>
internal sealed class CephShell(IToolRunner runner, string confPath)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs commands one after the other.</summary>
    /// <exception cref="SandboxException">One of them failed; the ones after it were run all the same.</exception>
    public async Task RunAsync(IReadOnlyList<string> commands, CancellationToken cancellationToken)
    {
        ToolResult result = await runner.RunAsync("ceph", ["-c", confPath, "--connect-timeout", "30"], string.Concat(commands.Select(c => c + "\n")), Limit, null, cancellationToken).ConfigureAwait(false);
        string? error = result.Error.Split('\n').FirstOrDefault(l => l.StartsWith("Error", StringComparison.Ordinal));
        if (result.ExitCode != 0 || error is not null)
        {
            throw new SandboxException(SandboxErrorKind.DaemonFailed, $"setting up the cluster of '{confPath}' failed: {error ?? result.LastLine}");
        }
    }

    /// <summary>The cluster's status (<c>ceph -s -f json</c>); null when no monitor answers.</summary>
    public async Task<JsonDocument?> StatusAsync(CancellationToken cancellationToken)
    {
        ToolResult result = await runner.RunAsync("ceph", ["-c", confPath, "--connect-timeout", "10", "-s", "-f", "json"], null, Limit, null, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(result.Output);
        }
        catch (JsonException e)
        {
            throw new SandboxException(SandboxErrorKind.DaemonFailed, "ceph -s answered with something that is not JSON; is another version of Ceph half installed?", e);
        }
    }
}
