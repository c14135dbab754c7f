using System.Globalization;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Collectors.Daemons;

/// <summary>Finds out from a cluster's maps which daemons are worth asking.</summary>
public static class DaemonTargets
{
    /// <summary>All monitors of the map, all OSDs that are up, the active mgr, and the metadata servers that are given.</summary>
    /// <param name="monMap">The monitors, or null when not known.</param>
    /// <param name="osdMap">The OSDs, or null when not known.</param>
    /// <param name="mgrMap">The mgrs, or null when not known. Standbys are left out: <c>tell mgr</c> reaches the active one only.</param>
    /// <param name="mds">Name and gid of each metadata server that runs.</param>
    public static IReadOnlyList<DaemonTarget> From(
        MonMap? monMap,
        OsdMap? osdMap,
        MgrMap? mgrMap,
        IEnumerable<KeyValuePair<string, ulong>>? mds = null)
    {
        List<DaemonTarget> targets = [];
        foreach (MonInfo monitor in monMap?.Monitors.Values ?? [])
        {
            // A monitor's address has no nonce: its restarts show in its counters alone.
            targets.Add(new DaemonTarget(EntityType.Mon, monitor.Name, monitor.Addresses.ToString()));
        }

        for (int id = 0; osdMap is not null && id < osdMap.MaxOsd; id++)
        {
            if (osdMap.Find(new OsdId(id)) is { IsUp: true } osd)
            {
                targets.Add(new DaemonTarget(EntityType.Osd, id.ToString(CultureInfo.InvariantCulture), osd.ClientAddresses.ToString()));
            }
        }

        if (mgrMap is { IsAvailable: true })
        {
            targets.Add(new DaemonTarget(EntityType.Mgr, mgrMap.ActiveName, mgrMap.ActiveGid.ToString(CultureInfo.InvariantCulture)));
        }

        foreach ((string name, ulong gid) in mds ?? [])
        {
            targets.Add(new DaemonTarget(EntityType.Mds, name, gid.ToString(CultureInfo.InvariantCulture)));
        }

        return targets;
    }
}
