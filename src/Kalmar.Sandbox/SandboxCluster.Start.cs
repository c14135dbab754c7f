using Kalmar.Sandbox.Layout;
using Kalmar.Sandbox.Processes;

namespace Kalmar.Sandbox;

public sealed partial class SandboxCluster
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Starts every daemon that does not run (and thaws those that are frozen), and returns once the cluster is ready: monitors in quorum, a manager active,
    /// all OSDs up; on the first start also every PG active, the file system's metadata server active and the gateway answering.
    /// </summary>
    /// <param name="progress">Told each step, in a few words.</param>
    /// <param name="cancellationToken">Gives up. Daemons that were started keep running; <see cref="StopAsync"/> ends them.</param>
    /// <exception cref="SandboxException">A daemon failed (with the last error of its log), a port is taken, the disk is full, or it took longer than <see cref="SandboxOptions.StartTimeout"/>.</exception>
    public async Task StartAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        using FileStream lockFile = TakeLock();
        using CancellationTokenSource limit = new(Options.StartTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string waitingFor = "the daemons' stores";
        try
        {
            await StartLockedAsync(what => waitingFor = what, progress, either.Token).ConfigureAwait(false);
        }
        catch (SandboxException e) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C in a terminal reaches Ceph's tools as well, and may be told by them first.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxException(SandboxErrorKind.Timeout, $"the sandbox in '{Folder}' did not become ready within {Options.StartTimeout.TotalSeconds:0} s, waiting for {waitingFor}; logs lie in '{Path.Combine(Folder, "log")}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFailed(_folder, e);
        }
    }

    private async Task StartLockedAsync(Action<string> waitingFor, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        CheckPrograms(_runner, Options);
        bool first = !File.Exists(_folder.Initialised);
        if (!File.ReadAllText(_folder.Conf).Contains(_folder.Keyring, StringComparison.Ordinal))
        {
            throw new SandboxException(SandboxErrorKind.WrongFolder, $"'{Folder}' was moved, and its ceph.conf still names the old place; move it back");
        }

        IReadOnlyList<SandboxDaemon> daemons = Options.Daemons;
        IReadOnlyList<DaemonProcess> running = ProcessTable.Find(_folder.Conf);
        foreach (DaemonProcess process in running.Where(p => p.Frozen))
        {
            ProcessSignals.Send(process.Identity, ProcessSignal.Continue);
        }

        SandboxDaemon[] missing = [.. daemons.Where(d => !running.Any(p => p.Serving && p.Is(d)))];
        CheckRoom(_folder, Options, new DriveInfo(Folder).AvailableFreeSpace);
        CheckMonitorPorts(missing);
        progress?.Report(first ? "making the daemons' stores" : "starting the monitors");
        using SemaphoreSlim slots = new(Math.Max(2, Environment.ProcessorCount * 2));
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task stores = MakeOsdStoresAsync(missing, slots, all.Token);
        Task managers = Task.CompletedTask;
        try
        {
            await StartMonitorsAsync(missing, waitingFor, progress, all.Token).ConfigureAwait(false);
            managers = StartAllAsync(missing.Where(d => d.Kind == SandboxDaemonKind.Manager), slots, all.Token);
            if (first)
            {
                progress?.Report("setting up the cluster");
                waitingFor("the monitors to take the cluster's set-up");
                await SetUpAsync(all.Token).ConfigureAwait(false);
            }

            await stores.ConfigureAwait(false);
            progress?.Report($"starting {Count("OSD", Options.Osds)} and {Count("manager", Options.Managers)}");
            waitingFor("the OSDs to start");
            await StartAllAsync(missing.Where(d => d.Kind is SandboxDaemonKind.Osd or SandboxDaemonKind.MetadataServer), slots, all.Token).ConfigureAwait(false);
            await managers.ConfigureAwait(false);
        }
        catch
        {
            // What failed first is told; what was begun beside it is ended, not left behind.
            await all.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(Task.WhenAll(stores, managers)).ConfigureAwait(false);
            throw;
        }

        progress?.Report("waiting until the cluster is ready");
        await WaitUntilReadyAsync(first, waitingFor, progress, cancellationToken).ConfigureAwait(false);
        SandboxDaemon[] gateways = [.. missing.Where(d => d.Kind == SandboxDaemonKind.ObjectGateway)];
        if (gateways.Length > 0)
        {
            progress?.Report("starting the object gateway");
            waitingFor("the object gateway to answer");
            await StartAllAsync(gateways, slots, cancellationToken).ConfigureAwait(false);
            await WaitForGatewayAsync(cancellationToken).ConfigureAwait(false);
            await WaitUntilReadyAsync(first, waitingFor, progress, cancellationToken).ConfigureAwait(false);
        }

        if (first)
        {
            SandboxFolder.Write(_folder.Initialised, string.Empty);
            File.Delete(_folder.SeedKeyring);
        }
    }

    private static string Count(string what, int count) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private async Task StartMonitorsAsync(SandboxDaemon[] missing, Action<string> waitingFor, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        SandboxDaemon[] monitors = [.. missing.Where(d => d.Kind == SandboxDaemonKind.Monitor)];
        if (!File.Exists(_folder.MonMap))
        {
            List<string> arguments = ["--create", "--fsid", Fsid.ToString()];
            for (int i = 0; i < Options.Monitors; i++)
            {
                arguments.AddRange(["--addv", Options.Daemons[i].Id, CephConfWriter.MonitorAddress(_state, i)]);
            }

            // Under another name first, so that a run that was cut short leaves no half map.
            string fresh = _folder.MonMap + ".new";
            await RunToolAsync("monmaptool", [.. arguments, "--clobber", fresh], cancellationToken).ConfigureAwait(false);
            File.Move(fresh, _folder.MonMap, overwrite: true);
        }

        await Task.WhenAll(monitors.Select(m => MakeMonitorStoreAsync(m, cancellationToken))).ConfigureAwait(false);
        progress?.Report($"starting {Count("monitor", Options.Monitors)}");
        waitingFor("the monitors' quorum");
        await Task.WhenAll(monitors.Select(m => StartDaemonAsync(m, cancellationToken))).ConfigureAwait(false);
        await WaitForQuorumAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StartAllAsync(IEnumerable<SandboxDaemon> daemons, SemaphoreSlim slots, CancellationToken cancellationToken) =>
        await Task.WhenAll(daemons.Select(d => InSlotAsync(slots, () => StartDaemonAsync(d, cancellationToken), cancellationToken))).ConfigureAwait(false);

    private static async Task InSlotAsync(SemaphoreSlim slots, Func<Task> work, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Everything that the cluster's maps need before its OSDs come; all of it may be done twice.</summary>
    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        List<string> commands = [.. _state.OsdIds.Select((uuid, i) => $"osd new {uuid} {i}")];
        if (Options.Osds > 0 && Options.Managers > 0)
        {
            // The manager would make its pool by itself, but only seconds later.
            commands.AddRange(await MajorVersionAsync(cancellationToken).ConfigureAwait(false) <= 16
                ?
                [
                    "osd pool create device_health_metrics 1 1 replicated --pg-num-min 1",
                    "osd pool application enable device_health_metrics mgr_devicehealth",
                ]
                :
                [
                    "osd pool create .mgr 1 1 replicated --pg-num-min 1 --yes-i-really-mean-it",
                    "osd pool application enable .mgr mgr --yes-i-really-mean-it",
                ]);
        }

        if (Options.Mds)
        {
            commands.Add("osd pool create cephfs_metadata 8");
            commands.Add("osd pool create cephfs_data 8");
            commands.Add("fs new cephfs cephfs_metadata cephfs_data");
        }

        if (commands.Count > 0)
        {
            await _shell.RunAsync(commands, cancellationToken).ConfigureAwait(false);
        }
    }

    private void CheckMonitorPorts(SandboxDaemon[] missing)
    {
        for (int i = 0; i < Options.Monitors; i++)
        {
            foreach (int port in (int[])[_state.MonitorV2Port(i), _state.MonitorV1Port(i)])
            {
                if (missing.Contains(Options.Daemons[i]) && !PortRegistry.IsFree(port))
                {
                    throw new SandboxException(SandboxErrorKind.PortTaken, $"port {port} of {Options.Daemons[i]} is taken by another process; end that one (ss -ltnp 'sport = :{port}' shows it), or destroy this sandbox and make it anew");
                }
            }
        }
    }

    private FileStream TakeLock()
    {
        try
        {
            return new FileStream(_folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new SandboxException(SandboxErrorKind.WrongFolder, $"'{Folder}' is gone; make the sandbox anew", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException(SandboxErrorKind.Busy, $"the sandbox in '{Folder}' is being started, stopped or removed by another process; wait for it to finish", e);
        }
    }
}
