using Kalmar.Sandbox.Tools;

namespace Kalmar.Sandbox.Packages;

/// <summary>Finds out which Debian packages a sandbox lacks, and installs them when it may.</summary>
/// <param name="runner">Runs apt-get.</param>
/// <param name="isRoot">Whether packages may be installed.</param>
public sealed class CephPackages(IToolRunner runner, bool isRoot)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>With this machine's own tools and rights.</summary>
    public CephPackages()
        : this(new ToolRunner(TimeProvider.System), Environment.IsPrivilegedProcess)
    {
    }

    /// <summary>The packages that a sandbox with these options needs.</summary>
    /// <param name="options">The options.</param>
    public static IReadOnlyList<CephPackage> Needed(SandboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<CephPackage> packages = [new("ceph-mon", "ceph-mon"), new("ceph-common", "ceph")];
        if (options.Managers > 0)
        {
            packages.Add(new("ceph-mgr", "ceph-mgr"));
        }

        if (options.Osds > 0)
        {
            packages.Add(new("ceph-osd", "ceph-osd"));
        }

        if (options.Mds)
        {
            packages.Add(new("ceph-mds", "ceph-mds"));
        }

        if (options.Rgw)
        {
            packages.Add(new("radosgw", "radosgw"));
        }

        return packages;
    }

    /// <summary>Those of the needed packages that are not installed.</summary>
    /// <param name="options">What the sandbox shall be made of.</param>
    public IReadOnlyList<string> Missing(SandboxOptions options) =>
        [.. Needed(options).Where(p => runner.Find(p.Program) is null).Select(p => p.Package)];

    /// <summary>Installs what is missing with apt-get, without what Debian only recommends; does nothing when everything is there.</summary>
    /// <param name="options">What the sandbox shall be made of.</param>
    /// <param name="progress">Told each step and package.</param>
    /// <param name="cancellationToken">Gives up; apt-get is ended, and may want <c>dpkg --configure -a</c> afterwards.</param>
    /// <exception cref="SandboxException">Not root (the message holds the command to run), no apt-get, or apt-get failed (with its own reason).</exception>
    public async Task EnsureAsync(SandboxOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> missing = Missing(options);
        if (missing.Count == 0)
        {
            return;
        }

        string names = string.Join(' ', missing);
        if (!isRoot)
        {
            throw new SandboxException(SandboxErrorKind.CephMissing, $"Ceph is not installed completely, and only root may install packages; run: sudo apt-get install {names}");
        }

        if (runner.Find("apt-get") is null)
        {
            throw new SandboxException(SandboxErrorKind.InstallFailed, $"this machine has no apt-get; install Ceph's {names} with its own package manager");
        }

        progress?.Report($"installing {names}");
        ToolResult result = await InstallAsync(missing, progress, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            // Lists that are empty, or older than what the mirror still has.
            progress?.Report("updating the package lists");
            ToolResult update = await RunAsync(["update", "-q"], null, cancellationToken).ConfigureAwait(false);
            result = await InstallAsync(missing, progress, cancellationToken).ConfigureAwait(false);
            if (result.ExitCode != 0)
            {
                string reason = Reason(result) ?? Reason(update) ?? result.LastLine;
                throw new SandboxException(DaemonLog.SaysDiskFull(reason) ? SandboxErrorKind.DiskFull : SandboxErrorKind.InstallFailed, $"installing {names} failed: {reason}; run apt-get install {names} to see all of it");
            }
        }

        if (Missing(options) is { Count: > 0 } still)
        {
            throw new SandboxException(SandboxErrorKind.InstallFailed, $"apt-get installed {names}, but {string.Join(' ', still)} brought no program; is PATH complete?");
        }
    }

    private Task<ToolResult> InstallAsync(IReadOnlyList<string> packages, IProgress<string>? progress, CancellationToken cancellationToken) =>
        RunAsync(["install", "-q", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Options::=--force-confold", .. packages], progress, cancellationToken);

    private Task<ToolResult> RunAsync(IReadOnlyList<string> arguments, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        Action<string>? onLine = progress is null ? null : line =>
        {
            if (line.StartsWith("Unpacking ", StringComparison.Ordinal) || line.StartsWith("Setting up ", StringComparison.Ordinal))
            {
                progress.Report(line.TrimEnd('.', ' '));
            }
        };

        // env: questions of packages would be asked of nobody.
        return runner.RunAsync("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", .. arguments], null, Limit, onLine, cancellationToken);
    }

    private static string? Reason(ToolResult result) =>
        result.Error.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("E:", StringComparison.Ordinal))?[2..].Trim();
}
