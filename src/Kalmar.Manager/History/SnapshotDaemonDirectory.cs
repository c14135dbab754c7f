using Kalmar.Collectors.Daemons;
using Kalmar.Manager.Clusters;
using Kalmar.Wire;

namespace Kalmar.Manager.History;

/// <summary>The daemons of a cluster that its maps say are up; none while there is no contact.</summary>
internal sealed class SnapshotDaemonDirectory(ClusterMonitor monitor) : IDaemonDirectory
{
    /// <inheritdoc/>
    public IReadOnlyList<DaemonTarget> Daemons
    {
        get
        {
            ClusterSnapshot s = monitor.Snapshot;
            return s.Contact.State == ContactState.Connected ? [.. Monitors(s), .. Osds(s), .. Managers(s), .. MetadataServers(s)] : [];
        }
    }

    private static IEnumerable<DaemonTarget> Osds(ClusterSnapshot s) => s.OsdMap?.Value.Osds
        .Where(o => o.IsUp)
        .Select(o => new DaemonTarget(EntityType.Osd, o.Id.Value.ToString(), o.ClientAddresses.ToString())) ?? [];

    private static IEnumerable<DaemonTarget> Monitors(ClusterSnapshot s) => s is { MonMap: { } map, Quorum: { } quorum }
        ? quorum.Value.Names
            .Where(map.Value.Monitors.ContainsKey)
            .Select(n => new DaemonTarget(EntityType.Mon, n, map.Value.Monitors[n].Addresses.ToString()))
        : [];

    private static IEnumerable<DaemonTarget> Managers(ClusterSnapshot s) => s.MgrMap is { Value: { IsAvailable: true } map }
        ? [new DaemonTarget(EntityType.Mgr, map.ActiveName, $"{map.ActiveGid}")]
        : [];

    private static IEnumerable<DaemonTarget> MetadataServers(ClusterSnapshot s) => s.FsMap?.Value.Daemons
        .Where(d => d.IsUp)
        .Select(d => new DaemonTarget(EntityType.Mds, d.Name, $"{d.GlobalId}")) ?? [];
}
