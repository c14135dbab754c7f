using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Api;

/// <summary>A cluster's state in short, as JSON. Parts that are not known are null.</summary>
internal sealed record ClusterStatus(
    string? Fsid,
    string Name,
    long Version,
    DateTimeOffset Changed,
    DateTimeOffset Now,
    ContactStatus Contact,
    StatusPart<HealthStatus>? Health,
    StatusPart<QuorumSummary>? Quorum,
    StatusPart<MonMapSummary>? Monmap,
    StatusPart<MgrMapSummary>? Mgrmap,
    StatusPart<OsdMapSummary>? Osdmap,
    StatusPart<PgStatus>? Pgs,
    StatusPart<CapacityStatus>? Capacity,
    StatusPart<IoStatus>? Io,
    IReadOnlyList<PrivilegeStatus> Missing)
{
    /// <summary>The status of a snapshot at a moment.</summary>
    public static ClusterStatus Of(ClusterSnapshot cluster, DateTimeOffset now) => new(
        cluster.Id?.ToString(),
        cluster.Name,
        cluster.Version,
        cluster.Changed,
        now,
        ContactStatus.Of(cluster.Contact),
        StatusPart<HealthStatus>.Of(cluster.Health, HealthStatus.Of, cluster, now),
        StatusPart<QuorumSummary>.Of(cluster.Quorum, q => new QuorumSummary(q.ElectionEpoch, q.Names, q.Leader, q.Age.TotalSeconds), cluster, now),
        StatusPart<MonMapSummary>.Of(cluster.MonMap, m => new MonMapSummary(m.Monitors.Count, [.. m.Ranks]), cluster, now),
        StatusPart<MgrMapSummary>.Of(cluster.MgrMap, MgrMapSummary.Of, cluster, now),
        StatusPart<OsdMapSummary>.Of(cluster.OsdMap, OsdMapSummary.Of, cluster, now),
        StatusPart<PgStatus>.Of(cluster.Pgs, PgStatus.Of, cluster, now),
        StatusPart<CapacityStatus>.Of(cluster.Capacity, c => new CapacityStatus(c.TotalBytes, c.UsedBytes, c.AvailableBytes), cluster, now),
        StatusPart<IoStatus>.Of(cluster.Io, IoStatus.Of, cluster, now),
        [.. cluster.Missing.Select(m => new PrivilegeStatus(m.What, m.Needs, m.Refusal))]);
}
