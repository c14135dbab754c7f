namespace Kalmar.Collectors.Hosts;

/// <summary>All collectors of a host.</summary>
public static class HostCollectors
{
    /// <summary>Makes one of each that is wanted.</summary>
    /// <param name="hostBranch">The host's branch: <c>servers.ceph1</c>, see <see cref="MetricNames.HostBranch"/>.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="options">What to collect; null means the defaults.</param>
    public static IReadOnlyList<ICollector> Create(string hostBranch, TimeProvider timeProvider, HostCollectorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostBranch);
        ArgumentNullException.ThrowIfNull(timeProvider);
        options ??= new HostCollectorOptions();
        List<ICollector> collectors =
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
            new TcpCollector(hostBranch, options, timeProvider),
            new UdpCollector(hostBranch, options, timeProvider),
            new IpCollector(hostBranch, options, timeProvider),
            new ProcessStatCollector(hostBranch, options, timeProvider),
            new FileStatCollector(hostBranch, options),
            new SoftInterruptCollector(hostBranch, options, timeProvider),
            new MdStatCollector(hostBranch, options),
        ];
        if (options.Interrupts)
        {
            collectors.Add(new InterruptCollector(hostBranch, options, timeProvider));
        }

        return collectors;
    }
}
