using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Events.Differences;

/// <summary>
/// What events are made from: as much of a snapshot as an event can be about. A null part is not known. Immutable; stored as JSON, so that
/// differences are also found over a restart.
/// </summary>
internal sealed record ClusterEssence
{
    public bool IsLost { get; init; }

    public IReadOnlyDictionary<int, OsdEssence>? Osds { get; init; }

    public IReadOnlyDictionary<long, string>? Pools { get; init; }

    public IReadOnlyList<string>? Flags { get; init; }

    public IReadOnlyList<string>? Quorum { get; init; }

    public string? Leader { get; init; }

    public HealthSeverity? Health { get; init; }

    public IReadOnlyDictionary<string, CheckEssence>? Checks { get; init; }

    /// <summary>PGs in each state that matters.</summary>
    public IReadOnlyDictionary<string, long>? PgStates { get; init; }

    /// <summary>Daemons (<c>osd.3</c>) with version and host.</summary>
    public IReadOnlyDictionary<string, DaemonEssence>? Daemons { get; init; }

    public string? ActiveManager { get; init; }

    /// <summary>What is nearly full (1) or full (2): <c>cluster</c>, <c>osd.3</c>, <c>pool.data</c>.</summary>
    public IReadOnlyDictionary<string, int>? Fullness { get; init; }
}
