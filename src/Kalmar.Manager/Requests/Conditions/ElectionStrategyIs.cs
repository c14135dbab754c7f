using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>The monitors elect their leader in a way. Ceph answers before the new map is agreed on, so that the answer's version does not tell.</summary>
/// <param name="Strategy">The way.</param>
public sealed record ElectionStrategyIs(MonElectionStrategy Strategy) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) => snapshot.MonMap is { } map && map.Value.Strategy == Strategy;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) =>
        $"the monitors to elect by {Strategy.ToName()} ({(snapshot.MonMap is { } map ? $"now by {map.Value.Strategy.ToName()}" : "no monitors' map yet")})";
}
