using Kalmar.Sandbox.Processes;

namespace Kalmar.Sandbox;

public sealed partial class SandboxCluster
{
    /// <summary>Measured: a metadata server takes 8 s to end and a gateway 11 s, most of it waiting; neither keeps anything in memory only.</summary>
    private static readonly TimeSpan ServiceGrace = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Ends all daemons in order: gateway and metadata server, OSDs and managers, then the monitors, so that each still finds whom it says goodbye to. One that
    /// takes too long is killed, which a crash-safe store does not mind. Returns when none is left. What the cluster stores stays, and
    /// <see cref="StartAsync"/> brings it back.
    /// </summary>
    /// <param name="progress">Told each step.</param>
    /// <param name="cancellationToken">Gives up; some daemons may be left.</param>
    /// <exception cref="SandboxException">Another process is starting or stopping this sandbox, or a daemon belongs to another user.</exception>
    public async Task StopAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        using FileStream lockFile = TakeLock();
        progress?.Report("stopping the daemons");
        await EndAsync(p => p.Program is "radosgw" or "ceph-mds", ProcessSignal.Terminate, ServiceGrace, cancellationToken).ConfigureAwait(false);
        await EndAsync(p => p.Program is not "ceph-mon", ProcessSignal.Terminate, EndLimit, cancellationToken).ConfigureAwait(false);
        progress?.Report("stopping the monitors");
        await EndAsync(_ => true, ProcessSignal.Terminate, EndLimit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends all daemons at once and removes everything that the sandbox made. Other files in its folder stay, and so does the folder then.</summary>
    /// <param name="progress">Told each step.</param>
    /// <param name="cancellationToken">Gives up; the sandbox may be half removed, and can be destroyed again.</param>
    /// <exception cref="SandboxException">Another process is starting or stopping this sandbox, or a daemon belongs to another user.</exception>
    public async Task DestroyAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        using FileStream lockFile = TakeLock();
        progress?.Report("ending the daemons");
        await EndAsync(_ => true, ProcessSignal.Kill, EndLimit, cancellationToken).ConfigureAwait(false);
        progress?.Report($"removing '{Folder}'");
        try
        {
            _folder.Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFailed(_folder, e);
        }
    }

    private async Task EndAsync(Func<DaemonProcess, bool> which, ProcessSignal signal, TimeSpan grace, CancellationToken cancellationToken)
    {
        // A daemon on its way to the background, or one that somebody revives meanwhile, shows up only in the next round.
        while (true)
        {
            IReadOnlyList<DaemonProcess> processes = [.. ProcessTable.Find(_folder.Conf).Where(which)];
            if (processes.Count == 0)
            {
                return;
            }

            foreach (DaemonProcess process in processes)
            {
                ProcessSignals.Send(process.Identity, signal);
                if (process.Frozen)
                {
                    ProcessSignals.Send(process.Identity, ProcessSignal.Continue);
                }
            }

            bool[] ended = await Task.WhenAll(processes.Select(p => ProcessSignals.WaitForEndAsync(p.Identity, grace, _time, cancellationToken))).ConfigureAwait(false);
            if (ended.Contains(false))
            {
                if (signal == ProcessSignal.Kill)
                {
                    int left = processes[Array.IndexOf(ended, false)].Identity.Pid;
                    throw new SandboxException(SandboxErrorKind.Timeout, $"process {left} of the sandbox in '{Folder}' does not end, though it was killed; its disk may hang (see its state in /proc/{left}/status)");
                }

                signal = ProcessSignal.Kill;
                grace = EndLimit;
            }
        }
    }
}
