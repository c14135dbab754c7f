using System.Net;
using Kalmar.Sandbox.Layout;
using Kalmar.Sandbox.Processes;
using Kalmar.Sandbox.Tools;

namespace Kalmar.Sandbox;

/// <summary>
/// A real Ceph cluster on this machine's loopback, from the installed packages, with everything below one folder. Its daemons run in the background
/// and outlive the process that started them: <see cref="OpenAsync"/> finds them again by the folder. Nothing is remembered of what runs; each call
/// looks at the process table. An instance may be used from several threads; starting, stopping and removing exclude one another,
/// also between processes.
/// </summary>
public sealed partial class SandboxCluster
{
    private readonly SandboxFolder _folder;
    private readonly SandboxState _state;
    private readonly TimeProvider _time;
    private readonly IToolRunner _runner;
    private readonly CephShell _shell;

    private SandboxCluster(SandboxFolder folder, SandboxState state, IToolRunner? runner, TimeProvider time)
    {
        _folder = folder;
        _state = state;
        _time = time;
        _runner = runner ?? new ToolRunner(time);
        _shell = new CephShell(_runner, folder.Conf);
    }

    /// <summary>What it was made of; <see cref="SandboxOptions.Folder"/> is an absolute path.</summary>
    public SandboxOptions Options => _state.Options;

    /// <summary>The folder it lives in, as an absolute path.</summary>
    public string Folder => _folder.Root;

    /// <summary>The cluster's id.</summary>
    public Guid Fsid => _state.Fsid;

    /// <summary>Its ceph.conf, which also names the keyring: <c>ceph -c CONF -s</c> works as it stands.</summary>
    public string ConfPath => _folder.Conf;

    /// <summary>The keyring with the key of client.admin (and of the monitors).</summary>
    public string KeyringPath => _folder.Keyring;

    /// <summary>Where the monitors speak messenger 2, in the order of their names.</summary>
    public IReadOnlyList<IPEndPoint> Monitors =>
        [.. Enumerable.Range(0, Options.Monitors).Select(i => new IPEndPoint(Options.Ipv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, _state.MonitorV2Port(i)))];

    /// <summary>The object gateway's address, or null when the sandbox has none.</summary>
    public Uri? GatewayUri => Options.Rgw ? new Uri($"http://{(Options.Ipv6 ? "[::1]" : "127.0.0.1")}:{_state.GatewayPort}/") : null;

    /// <summary>
    /// Makes a sandbox's folder, with keys and ceph.conf. Nothing runs yet: <see cref="StartAsync"/> makes the daemons' stores when it starts them
    /// for the first time.
    /// </summary>
    /// <param name="options">What it shall be made of.</param>
    /// <param name="runner">Runs Ceph's programs, perhaps those of another release; null for the installed ones.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="cancellationToken">Gives up; a folder that was begun is removed.</param>
    /// <exception cref="SandboxException">An option makes no sense, the folder is not empty, Ceph is not installed, there is too little room or no free port.</exception>
    public static async Task<SandboxCluster> CreateAsync(
        SandboxOptions options,
        IToolRunner? runner = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        time ??= TimeProvider.System;
        options.Validate();
        SandboxFolder folder = new(FullPath(options.Folder));
        options = options with { Folder = folder.Root };
        if (File.Exists(folder.State))
        {
            throw new SandboxException(SandboxErrorKind.WrongFolder, $"'{folder.Root}' already holds a sandbox; start it, destroy it, or choose another folder");
        }

        if (File.Exists(folder.Root) || (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any()))
        {
            throw new SandboxException(SandboxErrorKind.WrongFolder, $"'{folder.Root}' is not empty and holds no sandbox; choose an empty or a new folder");
        }

        runner ??= new ToolRunner(time);
        CheckPrograms(runner, options);
        try
        {
            folder.MakeFolders(options.Daemons);
            CheckRoom(folder, options, new DriveInfo(folder.Root).AvailableFreeSpace);
            (int basePort, int daemonPort) = await PortRegistry.TakeAsync(folder.Root, time, cancellationToken).ConfigureAwait(false);
            SandboxState state = new(SandboxState.CurrentFormat, options, Guid.NewGuid(), [.. Enumerable.Range(0, options.Osds).Select(_ => Guid.NewGuid())], basePort, daemonPort);
            KeyringWriter.WriteAll(folder, options.Daemons, time.GetUtcNow());
            SandboxFolder.Write(folder.Conf, CephConfWriter.Write(state, folder));

            // Written last: where it stands, everything above is whole.
            state.Save(folder);
            return new SandboxCluster(folder, state, runner, time);
        }
        catch (Exception e)
        {
            if (Directory.Exists(folder.Root))
            {
                folder.Remove();
            }

            if (e is IOException or UnauthorizedAccessException)
            {
                throw FolderFailed(folder, e);
            }

            throw;
        }
    }

    /// <summary>Opens a sandbox that was made before, whether its daemons run or not, also one whose maker was killed.</summary>
    /// <param name="folder">Where it lives.</param>
    /// <param name="runner">Runs Ceph's programs, perhaps those of another release; null for the installed ones.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxException">There is no sandbox, or what is written about it is damaged.</exception>
    public static Task<SandboxCluster> OpenAsync(
        string folder,
        IToolRunner? runner = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        cancellationToken.ThrowIfCancellationRequested();
        SandboxFolder place = new(FullPath(folder));
        try
        {
            return Task.FromResult(new SandboxCluster(place, SandboxState.Load(place), runner, time ?? TimeProvider.System));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFailed(place, e);
        }
    }

    /// <summary>Whether a folder holds a sandbox.</summary>
    /// <param name="folder">The folder.</param>
    public static bool Exists(string folder) => File.Exists(new SandboxFolder(FullPath(folder)).State);

    /// <summary>Which daemons there are, and what the process table says about each.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SandboxStatus> StatusAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<DaemonProcess> processes = ProcessTable.Find(_folder.Conf);
        List<SandboxDaemonStatus> daemons = [];
        foreach (SandboxDaemon daemon in Options.Daemons)
        {
            // While a daemon goes to the background it is there twice; the younger one stays.
            DaemonProcess? process = processes.LastOrDefault(p => p.Serving && p.Is(daemon));
            daemons.Add(new SandboxDaemonStatus(
                daemon,
                process?.Identity.Pid,
                process?.Frozen ?? false,
                process is null ? null : ProcessTable.StartedAt(process.Identity),
                _folder.Log(daemon)));
        }

        return Task.FromResult(new SandboxStatus(Folder, Fsid, ConfPath, daemons));
    }

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private static void CheckPrograms(IToolRunner runner, SandboxOptions options)
    {
        string[] missing = [.. Packages.CephPackages.Needed(options).Where(p => runner.Find(p.Program) is null).Select(p => p.Package)];
        if (missing.Length > 0)
        {
            throw new SandboxException(SandboxErrorKind.CephMissing, $"Ceph is not installed completely; run: sudo apt-get install {string.Join(' ', missing)}");
        }
    }

    internal static void CheckRoom(SandboxFolder folder, SandboxOptions options, long available)
    {
        // Measured after the start: 25 MB a monitor, 1 MB an OSD, which then grow with their logs and data.
        long needed = (150L << 20) + (options.Monitors * (100L << 20)) + (options.Osds * (20L << 20));
        if (available < needed)
        {
            throw new SandboxException(SandboxErrorKind.DiskFull, $"'{folder.Root}' lies on a file system with {available >> 20} MB free, but the sandbox needs {needed >> 20} MB; free some, or use another folder");
        }
    }

    private static SandboxException FolderFailed(SandboxFolder folder, Exception e) => new(
        DaemonLog.SaysDiskFull(e.Message) ? SandboxErrorKind.DiskFull : SandboxErrorKind.WrongFolder,
        $"'{folder.Root}' cannot be used: {e.Message.ReplaceLineEndings(" ")}",
        e);
}
