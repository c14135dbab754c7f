using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Server.Views;

/// <summary>A pool in the table.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Pool">What the map says of it.</param>
/// <param name="Rule">The name of its CRUSH rule.</param>
/// <param name="Usage">What it holds; null when not known.</param>
public sealed record PoolRow(PoolId Id, string Name, Pool Pool, string Rule, PoolUsage? Usage)
{
    /// <summary><c>replicated</c> or <c>erasure</c>, with the profile's name.</summary>
    public string Type => Pool.IsErasure ? $"erasure ({Pool.ErasureCodeProfile})" : "replicated";

    /// <summary><c>3 / 2</c>: copies or shards, and with how many it still serves.</summary>
    public string Size => $"{Pool.Size} / {Pool.MinSize}";

    /// <summary><c>32</c>, or <c>32 → 64</c> on its way.</summary>
    public string PgNum => Pool.PgNumTarget != 0 && Pool.PgNumTarget != Pool.PgNum ? $"{Pool.PgNum} → {Pool.PgNumTarget}" : $"{Pool.PgNum}";

    /// <summary>What it is used for, as far as it was said.</summary>
    public string Application => string.Join(", ", Pool.Applications.Keys);

    /// <summary>Its limits; empty when it has none.</summary>
    public string Quota => string.Join(", ", new[]
    {
        Pool.QuotaMaxBytes > 0 ? Quantity.Bytes(Pool.QuotaMaxBytes) : "",
        Pool.QuotaMaxObjects > 0 ? Quantity.Of((long)Pool.QuotaMaxObjects, "object") : "",
    }.Where(q => q.Length > 0));

    /// <summary>What the filter looks at.</summary>
    public string Text => $"{Name} {Type} {Application} {Rule}";

    /// <summary>The pools of a snapshot, by number; empty when its map is not known.</summary>
    /// <param name="cluster">The snapshot.</param>
    public static IReadOnlyList<PoolRow> Of(ClusterSnapshot cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return cluster.OsdMap is not { Value: { } map } ? [] : [.. map.Pools.Select(p => new PoolRow(
            p.Key,
            map.PoolNames.TryGetValue(p.Key, out string? name) ? name : p.Key.ToString(),
            p.Value,
            map.Crush.RuleNames.TryGetValue(p.Value.CrushRule, out string? rule) ? rule : $"rule {p.Value.CrushRule}",
            cluster.PoolUsage?.Value.GetValueOrDefault(p.Key)))];
    }
}
