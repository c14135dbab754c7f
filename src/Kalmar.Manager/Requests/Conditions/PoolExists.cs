using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>The OSD map has a pool of a name.</summary>
/// <param name="Name">The name.</param>
public sealed record PoolExists(string Name) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) => snapshot.OsdMap?.Value.FindPool(Name) is not null;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"pool '{Name}' to be in the OSD map";
}
