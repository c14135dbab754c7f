using System.Net.Sockets;
using System.Text.Json;
using Kalmar.Sandbox.Processes;
using Kalmar.Sandbox.Tools;

namespace Kalmar.Sandbox;

public sealed partial class SandboxCluster
{
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

    private async Task WaitUntilReadyAsync(bool first, Action<string> waitingFor, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        await WaitForOsdsAsync(waitingFor, cancellationToken).ConfigureAwait(false);
        string before = string.Empty;
        while (true)
        {
            using JsonDocument? status = await _shell.StatusAsync(cancellationToken).ConfigureAwait(false);
            string? lacks = status is null ? "an answer of the monitors" : Lacks(status.RootElement, first);
            if (lacks is null)
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

    private async Task WaitForOsdsAsync(Action<string> waitingFor, CancellationToken cancellationToken)
    {
        foreach (SandboxDaemon osd in Options.Daemons.Where(d => d.Kind == SandboxDaemonKind.Osd))
        {
            waitingFor($"{osd} to be active");
            while (true)
            {
                using JsonDocument? status = await AdminSocket.AskAsync(_folder.AdminSocket(osd), "status", _time, cancellationToken).ConfigureAwait(false);
                if (status is not null && status.RootElement.TryGetProperty("state", out JsonElement state) && state.ValueEquals("active"))
                {
                    break;
                }

                CheckAlive(SandboxDaemonKind.Osd);
                await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the cluster still lacks by its own status, or null. What operators did to it since the first start is their business.</summary>
    private string? Lacks(JsonElement status, bool first)
    {
        if (Options.Managers > 0 && !status.GetProperty("mgrmap").GetProperty("available").GetBoolean())
        {
            return "the manager to be active";
        }

        if (!first)
        {
            return null;
        }

        JsonElement osds = status.GetProperty("osdmap");
        int up = osds.GetProperty("num_up_osds").GetInt32();
        if (up < Options.Osds)
        {
            return $"the OSDs to be up ({up} of {Options.Osds})";
        }

        if (Options.Managers > 0 && Options.Osds > 0 && PgsLack(status.GetProperty("pgmap")) is { } pgs)
        {
            return pgs;
        }

        return Options.Mds && !status.GetProperty("fsmap").GetProperty("by_rank").EnumerateArray().Any(r => r.GetProperty("status").ValueEquals("up:active"))
            ? "the metadata server to be active"
            : null;
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
