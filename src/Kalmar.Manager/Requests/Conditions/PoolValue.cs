using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>One of a pool's values that the OSD map keeps in a field of its own.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Field"><c>name</c>, <c>size</c>, <c>min_size</c>, <c>crush_rule</c>, <c>pg_num_target</c>, <c>pgp_num_target</c>, <c>quota_max_bytes</c> or <c>quota_max_objects</c>.</param>
/// <param name="Value">The value as text.</param>
public sealed record PoolValue(long Pool, string Field, string Value) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) => Now(snapshot) == Value;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"pool {Pool} to have {Field} {Value} (has {Now(snapshot) ?? "none"})";

    private string? Now(ClusterSnapshot snapshot)
    {
        var id = new PoolId(Pool);
        if (snapshot.OsdMap?.Value is not { } map || !map.Pools.TryGetValue(id, out Pool? pool))
        {
            return null;
        }

        return Field switch
        {
            "name" => map.PoolNames.GetValueOrDefault(id),
            "size" => Text(pool.Size),
            "min_size" => Text(pool.MinSize),
            "crush_rule" => Text(pool.CrushRule),
            "pg_num_target" => Text(pool.PgNumTarget),
            "pgp_num_target" => Text(pool.PgpNumTarget),
            "quota_max_bytes" => Text(pool.QuotaMaxBytes),
            "quota_max_objects" => Text(pool.QuotaMaxObjects),
            _ => null,
        };
    }

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
