using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A rule of a name is in the CRUSH map, or not.</summary>
/// <param name="Name">The name.</param>
/// <param name="Exists">There or not.</param>
public sealed record CrushRuleExists(string Name, bool Exists) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.OsdMap is { } map && (map.Value.Crush.RuleNames.ValueSpan.IndexOf(Name) >= 0) == Exists;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"rule '{Name}' to be {(Exists ? "in" : "gone from")} the CRUSH map";
}
