using Kalmar.Collectors;
using Kalmar.Collectors.Clusters;
using Kalmar.Collectors.Daemons;
using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.History;

/// <summary>The collectors of one cluster: its daemons' counters, its pools, its capacity, its state.</summary>
internal static class ClusterCollectors
{
    public static IReadOnlyList<ICollector> Create(ClusterMonitor monitor, ClusterId id, HistorySettings settings, TimeProvider time)
    {
        string branch = MetricNames.ClusterBranch(id.ToString());
        List<ICollector> collectors =
        [
            new StatusCollector(branch, () => Status(monitor.Snapshot), time, settings.Interval),
            new CapacityCollector(branch, () => Capacity(monitor.Snapshot), time, settings.Interval),
            new PoolCollector(branch, () => Pools(monitor.Snapshot), time, settings.Interval),
        ];
        if (settings.Daemons)
        {
            collectors.Add(new DaemonPerfCollector(
                new SnapshotDaemonDirectory(monitor),
                new ClusterDaemonCommands(monitor),
                branch,
                time,
                new DaemonPerfOptions
                {
                    Interval = settings.Interval,
                    Counters = new PerfCounterOptions { All = settings.AllCounters, LongRunningDetail = settings.LongRunningDetail },
                }));
        }

        return collectors;
    }

    private static Dated<StatusReading>? Status(ClusterSnapshot s)
    {
        if (s.Contact.State != ContactState.Connected || s.Pgs is not { } pgs)
        {
            return null;
        }

        var reading = new StatusReading
        {
            Health = s.Health is { } health ? (HealthLevel)(int)health.Value.Status : null,
            Monitors = s is { MonMap: { } mons, Quorum: { } quorum } ? (mons.Value.Monitors.Count, quorum.Value.Names.Count) : null,
            Osds = s.OsdMap is { } osds ? (osds.Value.OsdCount, osds.Value.UpCount, osds.Value.InCount) : null,
            PgStates = pgs.Value.States.DistinctBy(p => p.State).ToDictionary(p => p.State, p => p.Count),
            Objects = new ObjectsReading(
                pgs.Value.Pools, pgs.Value.Objects, pgs.Value.DataBytes, pgs.Value.DegradedObjects, pgs.Value.MisplacedObjects, pgs.Value.UnfoundObjects),
            Io = s.Io is { Value: { } io }
                ? new IoReading(io.ReadBytes, io.WriteBytes, io.ReadOps, io.WriteOps, io.RecoveryBytes, io.RecoveryObjects, io.RecoveryKeys)
                : null,
        };
        return new Dated<StatusReading>(reading, pgs.Received);
    }

    private static Dated<CapacityReading>? Capacity(ClusterSnapshot s)
    {
        if (s.Capacity is not { } capacity)
        {
            return null;
        }

        ClusterCapacity c = capacity.Value;
        var reading = new CapacityReading(c.TotalBytes, c.AvailableBytes, c.UsedBytes)
        {
            Classes = [.. c.ByClass.Select(k => new ClassCapacityReading(k.DeviceClass, k.TotalBytes, k.AvailableBytes, k.UsedBytes))],
            Pools = [.. s.PoolUsage?.Value.Values.Select(p =>
                new PoolCapacityReading(p.Id.Value, p.StoredBytes, p.UsedBytes, p.MaxAvailableBytes, p.UsedRatio)) ?? []],
        };
        return new Dated<CapacityReading>(reading, capacity.Received);
    }

    private static Dated<IReadOnlyList<PoolReading>>? Pools(ClusterSnapshot s) =>
        s.PoolCounters is { } pools ? new Dated<IReadOnlyList<PoolReading>>(pools.Value, pools.Received) : null;
}
