using Kalmar.Collectors.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Clusters;

/// <summary>
/// All that is known about one cluster at one moment: immutable, and every part carries its epoch, when it came and from where. Only
/// the cluster's monitor makes snapshots; readers take the newest one and never wait. A null part is not
/// known yet.
/// </summary>
public sealed record ClusterSnapshot
{
    /// <summary>The cluster's fsid; null until a monitor has told it.</summary>
    public ClusterId? Id { get; init; }

    /// <summary>What the operator calls the cluster (ceph.conf's cluster name).</summary>
    public required string Name { get; init; }

    /// <summary>Grows by one with each snapshot of this cluster.</summary>
    public long Version { get; init; }

    /// <summary>When this snapshot was made.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>How we stand with the monitors.</summary>
    public required ClusterContact Contact { get; init; }

    /// <summary>The monitors' own map; pushed.</summary>
    public Part<MonMap>? MonMap { get; init; }

    /// <summary>OSDs, pools, CRUSH; pushed.</summary>
    public Part<OsdMap>? OsdMap { get; init; }

    /// <summary>Managers; pushed.</summary>
    public Part<MgrMap>? MgrMap { get; init; }

    /// <summary>File systems; pushed.</summary>
    public Part<FsMap>? FsMap { get; init; }

    /// <summary>Gateways and other services; pushed.</summary>
    public Part<ServiceMap>? ServiceMap { get; init; }

    /// <summary>Health with every check's details; asked for.</summary>
    public Part<HealthReport>? Health { get; init; }

    /// <summary>Who is in quorum; asked for.</summary>
    public Part<QuorumStatus>? Quorum { get; init; }

    /// <summary>Placement groups and objects, counted; asked for.</summary>
    public Part<PgSummary>? Pgs { get; init; }

    /// <summary>Client and recovery I/O; asked for.</summary>
    public Part<IoRates>? Io { get; init; }

    /// <summary>Raw space; asked for.</summary>
    public Part<ClusterCapacity>? Capacity { get; init; }

    /// <summary>What each pool holds; asked for.</summary>
    public Part<IReadOnlyDictionary<PoolId, PoolUsage>>? PoolUsage { get; init; }

    /// <summary>What each OSD holds; asked for (needs the mgr).</summary>
    public Part<IReadOnlyDictionary<OsdId, OsdUsage>>? OsdUsage { get; init; }

    /// <summary>Each pool's I/O counters since the pool was made; asked for (needs the mgr).</summary>
    public Part<IReadOnlyList<PoolReading>>? PoolCounters { get; init; }

    /// <summary>What daemons said of themselves; asked for.</summary>
    public Part<IReadOnlyDictionary<DaemonName, DaemonMetadata>>? Metadata { get; init; }

    /// <summary>When each daemon last said something: a report of its own, an answer to us, or its word in a map.</summary>
    public IReadOnlyDictionary<DaemonName, DateTimeOffset> LastWord { get; init; } = new Dictionary<DaemonName, DateTimeOffset>();

    /// <summary>What our key does not let us see.</summary>
    public IReadOnlyList<MissingPrivilege> Missing { get; init; } = [];
}
