using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Makes monitor resources.</summary>
internal static class MonReader
{
    /// <summary>All monitors by rank.</summary>
    public static IReadOnlyList<MonResource> All(ClusterSnapshot cluster)
    {
        MonMap map = cluster.Known(cluster.MonMap, "The monitor map");
        return [.. map.ByRank.Select((mon, rank) => new MonResource(
            mon.Name,
            rank,
            cluster.Quorum?.Value.Names.Contains(mon.Name, StringComparer.Ordinal) == true,
            cluster.Metadata?.Value.GetValueOrDefault(new DaemonName("mon", mon.Name))?.Hostname,
            OsdReader.Address(mon.Addresses),
            cluster.Quorum?.Value.Leader == mon.Name))];
    }
}
