using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>An erasure-code profile of a name is in the OSD map, or not.</summary>
/// <param name="Name">The name.</param>
/// <param name="Exists">There or not.</param>
public sealed record ProfileExists(string Name, bool Exists) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.OsdMap is { } map && map.Value.ErasureCodeProfiles.ContainsKey(Name) == Exists;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"erasure-code profile '{Name}' to be {(Exists ? "in" : "gone from")} the OSD map";
}
