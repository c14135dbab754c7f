using System.Net.Sockets;
using System.Text.Json;
using Kalmar.Sandbox.Processes;
using Kalmar.Sandbox.Tools;

namespace Kalmar.Sandbox;

public sealed partial class SandboxCluster
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(10);

    /// <summary>The first monitor says through its admin socket who is in quorum.</summary>
    private async Task WaitForQuorumAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using JsonDocument? status = await AdminSocket.AskAsync(_folder.AdminSocket(Options.Daemons[0]), "mon_status", _time, cancellationToken).ConfigureAwait(false);
            if (status is not null && status.RootElement.TryGetProperty("quorum", out JsonElement quorum) && quorum.GetArrayLength() == Options.Monitors)
            {
                return;
            }

            CheckAlive(SandboxDaemonKind.Monitor);
            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Asks the daemons first, which costs nothing and is true at once, where the cluster's maps may still tell of the run before; then the cluster.
    /// </summary>
    private async Task WaitUntilReadyAsync(bool first, Action<string> waitingFor, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        foreach (SandboxDaemon osd in Options.Daemons.Where(d => d.Kind == SandboxDaemonKind.Osd))
        {
            await WaitForDaemonAsync([osd], "status", answer => Says(answer, "state", "active"), $"{osd} to be active", waitingFor, progress, cancellationToken).ConfigureAwait(false);
        }

        SandboxDaemon[] managers = [.. Options.Daemons.Where(d => d.Kind == SandboxDaemonKind.Manager)];
        if (managers.Length > 0)
        {
            await WaitForDaemonAsync(managers, "mgr_status", answer => answer.TryGetProperty("initialized", out JsonElement done) && done.ValueKind == JsonValueKind.True, "a manager to be active", waitingFor, progress, cancellationToken).ConfigureAwait(false);
        }

        if (Options.Mds)
        {
            SandboxDaemon mds = Options.Daemons.First(d => d.Kind == SandboxDaemonKind.MetadataServer);
            await WaitForDaemonAsync([mds], "status", answer => Says(answer, "state", "up:active"), $"{mds} to be active", waitingFor, progress, cancellationToken).ConfigureAwait(false);
        }

        await WaitForClusterAsync(first, waitingFor, progress, cancellationToken).ConfigureAwait(false);

        static bool Says(JsonElement answer, string key, string value) => answer.TryGetProperty(key, out JsonElement found) && found.ValueEquals(value);
    }

    private async Task WaitForDaemonAsync(
        SandboxDaemon[] anyOf,
        string command,
        Func<JsonElement, bool> ready,
        string what,
        Action<string> waitingFor,
        IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        waitingFor(what);
        for (int round = 0; ; round++)
        {
            foreach (SandboxDaemon daemon in anyOf)
            {
                using JsonDocument? answer = await AdminSocket.AskAsync(_folder.AdminSocket(daemon), command, _time, cancellationToken).ConfigureAwait(false);
                if (answer is not null && answer.RootElement.ValueKind == JsonValueKind.Object && ready(answer.RootElement))
                {
                    return;
                }
            }

            if (round == 10)
            {
                progress?.Report("waiting for " + what);
            }

            CheckAlive(anyOf[0].Kind);
            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitForClusterAsync(bool first, Action<string> waitingFor, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        string before = string.Empty;
        long start = _time.GetTimestamp();
        while (true)
        {
            using JsonDocument? status = await _shell.StatusAsync(cancellationToken).ConfigureAwait(false);
            string? lacks = status is null ? "an answer of the monitors" : Lacks(status.RootElement);

            // What operators did to the cluster since its first start (an OSD taken out, a pool that cannot be placed) must not keep it from starting.
            if (lacks is null || (!first && status is not null && _time.GetElapsedTime(start) > SettlingTime))
            {
                return;
            }

            waitingFor(lacks);
            if (!string.Equals(before, lacks, StringComparison.Ordinal))
            {
                progress?.Report("waiting for " + lacks);
                before = lacks;
            }

            CheckAlive(null);
            await Task.Delay(4 * Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the cluster still lacks by its own status, or null.</summary>
    private string? Lacks(JsonElement status)
    {
        if (Options.Managers > 0 && !status.GetProperty("mgrmap").GetProperty("available").GetBoolean())
        {
            return "the manager to be active";
        }

        JsonElement osds = status.GetProperty("osdmap");
        int up = osds.GetProperty("num_up_osds").GetInt32();
        if (up < Options.Osds)
        {
            return $"the OSDs to be up ({up} of {Options.Osds})";
        }

        return Options.Managers > 0 && Options.Osds > 0 ? PgsLack(status.GetProperty("pgmap")) : null;
    }

    private string? PgsLack(JsonElement pgmap)
    {
        int pgs = pgmap.GetProperty("num_pgs").GetInt32();
        int clean = pgmap.GetProperty("pgs_by_state").EnumerateArray()
            .Where(s => s.GetProperty("state_name").ValueEquals("active+clean"))
            .Sum(s => s.GetProperty("count").GetInt32());
        if (pgs == 0 || clean < pgs)
        {
            return $"the PGs to be active+clean ({clean} of {Math.Max(pgs, 1)})";
        }

        // Each OSD's first report to the manager brings its capacity.
        return pgmap.GetProperty("bytes_total").GetInt64() < Options.Osds * Options.OsdSizeBytes ? "the OSDs to report their capacity" : null;
    }

    private async Task WaitForGatewayAsync(CancellationToken cancellationToken)
    {
        Uri uri = GatewayUri!;
        while (true)
        {
            using TcpClient client = new(Options.Ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
            try
            {
                await client.ConnectAsync(uri.Host.Trim('[', ']'), uri.Port, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (SocketException)
            {
                CheckAlive(SandboxDaemonKind.ObjectGateway);
            }

            await Task.Delay(4 * Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Throws when a daemon that was started is no longer there.</summary>
    private void CheckAlive(SandboxDaemonKind? kind)
    {
        IReadOnlyList<DaemonProcess> processes = ProcessTable.Find(_folder.Conf);
        foreach (SandboxDaemon daemon in Options.Daemons.Where(d => kind is null ? d.Kind != SandboxDaemonKind.ObjectGateway : d.Kind == kind))
        {
            if (!processes.Any(p => p.Serving && p.Is(daemon)))
            {
                throw DaemonLog.Failed(daemon, _folder.Log(daemon), null);
            }
        }
    }
}
