namespace Kalmar.Collectors.Hosts;

/// <summary>All collectors of a host.</summary>
public static class HostCollectors
{
    /// <summary>Makes one of each.</summary>
    /// <param name="hostBranch">The host's branch: <c>servers.ceph1</c>, see <see cref="MetricNames.HostBranch"/>.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="options">What to collect; null means the defaults.</param>
    public static IReadOnlyList<ICollector> Create(string hostBranch, TimeProvider timeProvider, HostCollectorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostBranch);
        ArgumentNullException.ThrowIfNull(timeProvider);
        options ??= new HostCollectorOptions();
        return
        [
            new CpuCollector(hostBranch, options, timeProvider),
            new MemoryCollector(hostBranch, options),
            new LoadAverageCollector(hostBranch, options),
            new DiskSpaceCollector(hostBranch, options, timeProvider),
            new DiskUsageCollector(hostBranch, options, timeProvider),
            new NetworkCollector(hostBranch, options, timeProvider),
            new VmStatCollector(hostBranch, options, timeProvider),
            new SocketsCollector(hostBranch, options),
            new UptimeCollector(hostBranch, options),
        ];
    }
}
