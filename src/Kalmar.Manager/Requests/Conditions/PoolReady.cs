using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>The OSD map has a pool of a name, and the monitors no longer call it being created.</summary>
/// <param name="Name">The name.</param>
public sealed record PoolReady(string Name) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.OsdMap?.Value is { } map
        && map.FindPool(Name) is { } id
        && map.Pools.TryGetValue(id, out Pool? pool)
        && !pool.Flags.HasFlag(PoolFlags.Creating);

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"the PGs of pool '{Name}' to be created";
}
