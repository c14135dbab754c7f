using Kalmar.Collectors.Clusters;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Makes pool resources.</summary>
internal static class PoolReader
{
    private const int BytesInKb = 1024;

    /// <summary>All pools by number.</summary>
    public static IReadOnlyList<PoolResource> All(OsdMap map) => [.. map.Pools.Select(p => Of(map, p.Key, p.Value))];

    /// <summary>One pool.</summary>
    public static PoolResource Of(OsdMap map, PoolId id, Pool pool) => new(
        map.NameOf(id),
        id.Value,
        pool.Size,
        pool.PgNum,
        pool.CrushRule,
        pool.MinSize,
        pool.CrashReplayInterval,
        pool.PgpNum,
        pool.Flags.HasFlag(PoolFlags.HashPsPool),
        (pool.Flags & (PoolFlags.Full | PoolFlags.FullQuota)) != PoolFlags.None,
        pool.QuotaMaxObjects,
        pool.QuotaMaxBytes,
        pool.IsErasure ? "erasure" : "replicated",
        pool.IsErasure ? pool.ErasureCodeProfile : null);

    /// <summary>A pool's counters; zeros while the manager has not counted it yet.</summary>
    public static PoolStatsResource Stats(ClusterSnapshot cluster, PoolId id)
    {
        PoolReading r = cluster.Known(cluster.PoolCounters, "The use of pools").FirstOrDefault(p => p.PoolId == id.Value) ?? new PoolReading(id.Value);
        return new PoolStatsResource(
            cluster.Map().NameOf(id),
            id.Value,
            r.Objects,
            r.Bytes,
            (r.Bytes + BytesInKb - 1) / BytesInKb,
            r.Reads,
            r.Writes,
            r.ReadKilobytes,
            r.WriteKilobytes,
            r.ObjectClones,
            r.ObjectCopies,
            r.ObjectsDegraded,
            r.ObjectsUnfound,
            r.ObjectsMissingOnPrimary);
    }

    /// <summary>The cluster's space and objects.</summary>
    public static ClusterStatsResource Stats(ClusterSnapshot cluster)
    {
        ClusterCapacity capacity = cluster.Known(cluster.Capacity, "The space");
        return new ClusterStatsResource(
            capacity.TotalBytes / BytesInKb, cluster.Known(cluster.Pgs, "The number of objects").Objects, capacity.AvailableBytes / BytesInKb, capacity.UsedBytes / BytesInKb);
    }

    /// <summary>A pool in v1.</summary>
    public static PoolV1Resource V1(ClusterSnapshot cluster, PoolId id, Pool pool)
    {
        PoolUsage? usage = cluster.PoolUsage?.Value.GetValueOrDefault(id);
        return new PoolV1Resource(
            id.Value,
            cluster.Id?.ToString() ?? "",
            id.Value,
            cluster.Map().NameOf(id),
            pool.QuotaMaxBytes,
            pool.QuotaMaxObjects,
            usage?.Objects ?? 0,
            usage?.StoredBytes ?? 0);
    }
}
