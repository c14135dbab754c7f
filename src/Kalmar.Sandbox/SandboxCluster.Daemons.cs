using Kalmar.Sandbox.Layout;
using Kalmar.Sandbox.Processes;
using Kalmar.Sandbox.Tools;

namespace Kalmar.Sandbox;

public sealed partial class SandboxCluster
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);
    private int _majorVersion;

    /// <summary>Ends a daemon at once (SIGKILL), as a crash would, and returns when its process is gone.</summary>
    /// <param name="daemon">Ceph's name for it: <c>osd.0</c>, <c>mon.a</c>; the gateway also as <c>rgw.a</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="SandboxException">No such daemon, or it does not run.</exception>
    public async Task KillAsync(string daemon, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<DaemonProcess> processes = RunningProcesses(Daemon(daemon));
        foreach (DaemonProcess process in processes)
        {
            ProcessSignals.Send(process.Identity, ProcessSignal.Kill);
        }

        foreach (DaemonProcess process in processes)
        {
            await ProcessSignals.WaitForEndAsync(process.Identity, EndLimit, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Freezes a daemon (SIGSTOP): its process and its connections stay, but it answers nobody, as on a hung host.</summary>
    /// <param name="daemon">Ceph's name for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxException">No such daemon, or it does not run.</exception>
    public async Task FreezeAsync(string daemon, CancellationToken cancellationToken = default) =>
        await SignalUntilAsync(Daemon(daemon), ProcessSignal.Stop, frozen: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Lets a frozen daemon go on (SIGCONT). Does nothing to one that is not frozen.</summary>
    /// <param name="daemon">Ceph's name for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxException">No such daemon, or it does not run.</exception>
    public async Task ThawAsync(string daemon, CancellationToken cancellationToken = default) =>
        await SignalUntilAsync(Daemon(daemon), ProcessSignal.Continue, frozen: false, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Brings a daemon back, whatever happened to it: thaws it when it is frozen, starts it when it does not run. Returns when its process serves; when the
    /// cluster has taken it in again is for the cluster to say.
    /// </summary>
    /// <param name="daemon">Ceph's name for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxException">No such daemon, or it does not come up.</exception>
    public async Task ReviveAsync(string daemon, CancellationToken cancellationToken = default)
    {
        SandboxDaemon which = Daemon(daemon);
        if (Processes(which).Count > 0)
        {
            await SignalUntilAsync(which, ProcessSignal.Continue, frozen: false, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!File.Exists(_folder.Made(which)) && which.Kind is SandboxDaemonKind.Monitor or SandboxDaemonKind.Osd)
        {
            throw new SandboxException(SandboxErrorKind.NoSuchDaemon, $"{which} of the sandbox in '{Folder}' was never made completely; start the whole sandbox");
        }

        await StartDaemonAsync(which, cancellationToken).ConfigureAwait(false);
    }

    private SandboxDaemon Daemon(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        foreach (SandboxDaemon daemon in Options.Daemons)
        {
            if (string.Equals(daemon.Name, name, StringComparison.Ordinal) || string.Equals(daemon.Name, "client." + name, StringComparison.Ordinal))
            {
                return daemon;
            }
        }

        throw new SandboxException(SandboxErrorKind.NoSuchDaemon, $"the sandbox in '{Folder}' has no daemon '{name}'; it has {string.Join(", ", Options.Daemons)}");
    }

    private IReadOnlyList<DaemonProcess> Processes(SandboxDaemon daemon) => [.. ProcessTable.Find(_folder.Conf).Where(p => p.Serving && p.Is(daemon))];

    private IReadOnlyList<DaemonProcess> RunningProcesses(SandboxDaemon daemon)
    {
        IReadOnlyList<DaemonProcess> processes = Processes(daemon);
        return processes.Count > 0
            ? processes
            : throw new SandboxException(SandboxErrorKind.NoSuchDaemon, $"{daemon} of the sandbox in '{Folder}' does not run; revive it first");
    }

    private async Task SignalUntilAsync(SandboxDaemon daemon, ProcessSignal signal, bool frozen, CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<DaemonProcess> others = [.. RunningProcesses(daemon).Where(p => p.Frozen != frozen)];
            if (others.Count == 0)
            {
                return;
            }

            foreach (DaemonProcess process in others)
            {
                ProcessSignals.Send(process.Identity, signal);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task MakeMonitorStoreAsync(SandboxDaemon monitor, CancellationToken cancellationToken)
    {
        if (File.Exists(_folder.Made(monitor)))
        {
            return;
        }

        Empty(_folder.Data(monitor));
        await RunToolAsync("ceph-mon", [.. Common(monitor), "--mkfs", "--monmap", _folder.MonMap, "--keyring", _folder.SeedKeyring], cancellationToken).ConfigureAwait(false);
        SandboxFolder.Write(_folder.Made(monitor), string.Empty);
    }

    private async Task MakeOsdStoresAsync(IEnumerable<SandboxDaemon> daemons, SemaphoreSlim slots, CancellationToken cancellationToken) =>
        await Task.WhenAll(daemons
            .Where(d => d.Kind == SandboxDaemonKind.Osd && !File.Exists(_folder.Made(d)))
            .Select(d => InSlotAsync(slots, () => MakeOsdStoreAsync(d, cancellationToken), cancellationToken))).ConfigureAwait(false);

    private async Task MakeOsdStoreAsync(SandboxDaemon osd, CancellationToken cancellationToken)
    {
        string keyring = await File.ReadAllTextAsync(_folder.KeyringOf(osd), cancellationToken).ConfigureAwait(false);
        Empty(_folder.Data(osd));
        SandboxFolder.Write(_folder.KeyringOf(osd), keyring);
        Guid uuid = _state.OsdIds[int.Parse(osd.Id)];
        await RunToolAsync("ceph-osd", [.. Common(osd), "--mkfs", "--osd-uuid", uuid.ToString()], cancellationToken).ConfigureAwait(false);
        SandboxFolder.Write(_folder.Made(osd), string.Empty);
    }

    /// <summary>Starts one daemon; its program returns when it has gone to the background, which it does once it serves (or cannot).</summary>
    private async Task StartDaemonAsync(SandboxDaemon daemon, CancellationToken cancellationToken)
    {
        bool standIn = daemon.Kind == SandboxDaemonKind.Manager && await MajorVersionAsync(cancellationToken).ConfigureAwait(false) >= 18;
        ToolResult result = standIn
            ? await _runner.RunAsync("env", ["PYTHONPATH=" + MakePythonFolder(), daemon.Program, .. Common(daemon)], null, ToolLimit, null, cancellationToken).ConfigureAwait(false)
            : await _runner.RunAsync(daemon.Program, Common(daemon), null, ToolLimit, null, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw DaemonLog.Failed(daemon, _folder.Log(daemon), result);
        }
    }

    /// <summary>
    /// In Debian 13, python3-bcrypt is written in Rust and refuses to be loaded by ceph-mgr's sub-interpreters, which takes every module of the manager
    /// with it (PyO3's issue 576). Only the dashboard's passwords need bcrypt, and a sandbox has none, so an empty module stands in.
    /// </summary>
    private string MakePythonFolder()
    {
        string module = Path.Combine(_folder.Python, "bcrypt.py");
        if (!File.Exists(module))
        {
            SandboxFolder.Write(module, "# Stands in for python3-bcrypt, which ceph-mgr cannot load.\n");
        }

        return _folder.Python;
    }

    private async Task<int> MajorVersionAsync(CancellationToken cancellationToken)
    {
        if (_majorVersion == 0)
        {
            // "ceph version 16.2.15 (…) pacific (stable)"
            ToolResult result = await RunToolAsync("ceph-mon", ["--version"], cancellationToken).ConfigureAwait(false);
            string[] words = result.Output.Split(' ');
            _majorVersion = words.Length > 2 && int.TryParse(words[2].Split('.')[0], out int major)
                ? major
                : throw new SandboxException(SandboxErrorKind.DaemonFailed, $"ceph-mon --version says '{result.LastLine}', which is no version; is Ceph installed properly?");
        }

        return _majorVersion;
    }

    /// <summary>What every run of a daemon's program is given; <see cref="ProcessTable"/> knows the sandbox's processes by it.</summary>
    private string[] Common(SandboxDaemon daemon) => daemon.Kind == SandboxDaemonKind.ObjectGateway
        ? ["-c", _folder.Conf, "--cluster", Options.ClusterName, "-n", daemon.Name]
        : ["-c", _folder.Conf, "--cluster", Options.ClusterName, "-i", daemon.Id];

    private async Task<ToolResult> RunToolAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        ToolResult result = await _runner.RunAsync(program, arguments, null, ToolLimit, null, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result : throw DaemonLog.ToolFailed(program, Folder, result);
    }

    private static void Empty(string folder)
    {
        foreach (string path in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(path, recursive: true);
        }

        foreach (string path in Directory.EnumerateFiles(folder))
        {
            File.Delete(path);
        }
    }
}
