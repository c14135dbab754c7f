using Kalmar.Manager.Clusters;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A pool has a snapshot of a name, or not.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Name">The snapshot's name.</param>
/// <param name="Exists">There or not.</param>
public sealed record PoolSnapshotExists(long Pool, string Name, bool Exists) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.OsdMap is { } map
        && map.Value.Pools.TryGetValue(new PoolId(Pool), out Rados.Maps.Pool? pool)
        && pool.Snapshots.Values.Any(s => s.Name == Name) == Exists;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"snapshot '{Name}' to be {(Exists ? "in" : "gone from")} pool {Pool}";
}
