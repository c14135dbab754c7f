using Kalmar.Manager.Clusters;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>The OSD map does not have a pool of a number.</summary>
/// <param name="Pool">The number.</param>
public sealed record PoolGone(long Pool) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) => snapshot.OsdMap is { } map && !map.Value.Pools.ContainsKey(new PoolId(Pool));

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"pool {Pool} to leave the OSD map";
}
