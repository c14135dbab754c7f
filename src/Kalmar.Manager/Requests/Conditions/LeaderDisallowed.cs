using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A monitor may, or may not, lead.</summary>
/// <param name="Name">The monitor.</param>
/// <param name="Disallowed">True when it must not lead.</param>
public sealed record LeaderDisallowed(string Name, bool Disallowed) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) => snapshot.MonMap is { } map && map.Value.DisallowedLeaders.Contains(Name) == Disallowed;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"the monitors' map to {(Disallowed ? "forbid" : "allow")} mon.{Name} to lead";
}
