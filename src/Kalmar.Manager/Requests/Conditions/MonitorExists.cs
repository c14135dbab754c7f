using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A monitor of a name is in the monitors' map, or not.</summary>
/// <param name="Name">The name, without <c>mon.</c></param>
/// <param name="Exists">There or not.</param>
public sealed record MonitorExists(string Name, bool Exists) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.MonMap is { } map && map.Value.Monitors.Values.Any(m => m.Name == Name) == Exists;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"mon.{Name} to be {(Exists ? "in" : "gone from")} the monitors' map";
}
