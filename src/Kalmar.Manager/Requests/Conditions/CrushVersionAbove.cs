using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>The CRUSH map was changed since a version.</summary>
/// <param name="Version">The version that it had.</param>
public sealed record CrushVersionAbove(int Version) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) => snapshot.OsdMap is { } map && map.Value.CrushVersion > Version;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"the CRUSH map to have a version above {Version}";
}
