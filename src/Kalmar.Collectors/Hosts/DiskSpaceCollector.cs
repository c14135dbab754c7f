namespace Kalmar.Collectors.Hosts;

/// <summary>
/// <c>diskspace.MOUNT.*</c>: how full each local file system is, in bytes and inodes; <c>/</c> is called <c>root</c>, slashes become
/// underscores. Each file system once, though it be mounted in many places. From <c>/proc/self/mountinfo</c> and <c>statvfs</c>.
/// </summary>
/// <remarks>A file system that hangs is left alone until it answers; the others go on.</remarks>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Which file systems, which units, where the mounts are listed.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="space">Asks a mount point for its space; null means the system.</param>
public sealed class DiskSpaceCollector(
    string hostBranch,
    HostCollectorOptions options,
    TimeProvider timeProvider,
    Func<string, FileSystemSpace>? space = null)
    : HostCollector("diskspace", "diskspace", hostBranch, options)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private readonly Func<string, FileSystemSpace> _space = space ?? StatVfs.Read;
    private readonly Dictionary<string, Task<FileSystemSpace>> _asked = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task CollectAsync(IMetricSink sink, DateTimeOffset time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        HostSamples samples = SamplesFor(sink, time);
        List<string> errors = [];
        foreach (MountPoint mount in Mounts())
        {
            // A call that hangs cannot be ended: it is kept, and waited for again at the next turn, so that there is never more than one.
            if (!_asked.TryGetValue(mount.Path, out Task<FileSystemSpace>? answer))
            {
                _asked[mount.Path] = answer = Task.Run(() => _space(mount.Path), CancellationToken.None);
            }

            try
            {
                Add(samples, mount.Node, await answer.WaitAsync(s_patience, timeProvider, cancellationToken).ConfigureAwait(false));
            }
            catch (TimeoutException)
            {
                errors.Add($"{mount.Path} does not answer");
            }
            catch (CollectorException e)
            {
                errors.Add(e.Message);
            }
            finally
            {
                if (answer.IsCompleted)
                {
                    _asked.Remove(mount.Path);
                }
            }
        }

        if (errors.Count > 0)
        {
            throw new CollectorException(string.Join("; ", errors.Take(5)));
        }
    }

    private protected override void Collect(HostSamples samples) => throw new NotSupportedException();

    private IEnumerable<MountPoint> Mounts() => Proc.ReadFields("self/mountinfo")
        .Select(MountPoint.Parse)
        .OfType<MountPoint>()
        .Where(mount => Options.FileSystems.Contains(mount.Type) && !IsExcluded(mount.Path))
        .GroupBy(mount => mount.Device, StringComparer.Ordinal)
        .Select(group => group.OrderBy(mount => mount.Root == "/" ? 0 : 1).First())
        .DistinctBy(mount => mount.Node, StringComparer.Ordinal);

    private bool IsExcluded(string path) =>
        IsBelow(path, "/dev") || IsBelow(path, "/proc") || IsBelow(path, "/sys") || Options.ExcludedMounts?.IsMatch(path) == true;

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    private void Add(HostSamples samples, string node, FileSystemSpace space)
    {
        foreach (ByteUnit unit in Options.ByteUnits)
        {
            string name = $"{node}.{unit.ToNode()}";
            samples.Add(name + "_used", unit.FromBytes(space.BlockBytes * ((double)space.Blocks - space.BlocksFree)));
            samples.Add(name + "_free", unit.FromBytes((double)space.BlockBytes * space.BlocksFree));
            samples.Add(name + "_avail", unit.FromBytes((double)space.BlockBytes * space.BlocksAvailable));
            if (space.Blocks > 0)
            {
                samples.Add(name + "_percentfree", 100.0 * space.BlocksFree / space.Blocks);
            }
        }

        if (space.Inodes > 0)
        {
            samples.Add($"{node}.inodes_used", (double)space.Inodes - space.InodesFree);
            samples.Add($"{node}.inodes_free", space.InodesFree);
            samples.Add($"{node}.inodes_avail", space.InodesAvailable);
            samples.Add($"{node}.inodes_percentfree", 100.0 * space.InodesFree / space.Inodes);
        }
    }
}
