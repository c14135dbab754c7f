using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A pool has reached a number of PGs.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Count">How many PGs.</param>
/// <param name="Shrinking">False: at least so many; true: at most.</param>
public sealed record PoolPgNum(long Pool, uint Count, bool Shrinking = false) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        Find(snapshot) is { } pool && (Shrinking ? pool.PgNum <= Count : pool.PgNum >= Count);

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) =>
        $"pool {Pool} to have {Count} PGs ({(Find(snapshot) is { } pool ? $"has {pool.PgNum}" : "it is gone")})";

    private Pool? Find(ClusterSnapshot snapshot) => snapshot.OsdMap?.Value.Pools.GetValueOrDefault(new PoolId(Pool));
}
