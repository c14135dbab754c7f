using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Collectors.Daemons;

/// <summary>Finds out from a cluster's maps which daemons are worth asking. What is not known gives none.</summary>
public static class DaemonTargets
{
    /// <summary>The monitors in quorum, all OSDs that are up, the active mgr, and the metadata servers that run.</summary>
    /// <param name="monMap">The monitors.</param>
    /// <param name="quorum">The names of those in quorum; others can't answer.</param>
    /// <param name="osdMap">The OSDs.</param>
    /// <param name="mgrMap">The mgrs. Standbys are left out: <c>tell mgr</c> reaches the active one only.</param>
    /// <param name="fsMap">The metadata servers, standbys too.</param>
    public static IReadOnlyList<DaemonTarget> From(MonMap? monMap, IEnumerable<string> quorum, OsdMap? osdMap, MgrMap? mgrMap, FsMap? fsMap)
    {
        ArgumentNullException.ThrowIfNull(quorum);

        // A monitor's address has no nonce: its restarts show in its counters alone.
        ValueMap<string, MonInfo> monitors = monMap?.Monitors ?? ValueMap<string, MonInfo>.Empty;
        return
        [
            .. quorum.Where(monitors.ContainsKey).Select(n => new DaemonTarget(EntityType.Mon, n, monitors[n].Addresses.ToString())),
            .. osdMap?.Osds.Where(o => o.IsUp).Select(o => new DaemonTarget(EntityType.Osd, $"{o.Id.Value}", o.ClientAddresses.ToString())) ?? [],
            .. mgrMap is { IsAvailable: true } ? [new DaemonTarget(EntityType.Mgr, mgrMap.ActiveName, $"{mgrMap.ActiveGid}")] : Array.Empty<DaemonTarget>(),
            .. fsMap?.Daemons.Where(d => d.IsUp).Select(d => new DaemonTarget(EntityType.Mds, d.Name, $"{d.GlobalId}")) ?? [],
        ];
    }
}
