namespace Kalmar.Collectors.Clusters;

/// <summary>How a cluster is doing: what <c>status</c> tells. A part that is null is not known and gives no samples.</summary>
public sealed record StatusReading
{
    /// <summary>Health.</summary>
    public HealthLevel? Health { get; init; }

    /// <summary>Monitors in the map, and how many of them are in quorum.</summary>
    public (int Total, int InQuorum)? Monitors { get; init; }

    /// <summary>OSDs in the map, how many of them are up, and how many are in.</summary>
    public (int Total, int Up, int In)? Osds { get; init; }

    /// <summary>Placement groups by their states joined with <c>+</c>, as Ceph prints them: <c>active+clean</c> → 128.</summary>
    public IReadOnlyDictionary<string, long>? PgStates { get; init; }

    /// <summary>Objects, and how they are.</summary>
    public ObjectsReading? Objects { get; init; }

    /// <summary>What moves.</summary>
    public IoReading? Io { get; init; }
}
