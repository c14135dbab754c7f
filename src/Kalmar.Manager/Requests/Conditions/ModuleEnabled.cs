using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A module is among those that the managers' map has switched on, or not.</summary>
/// <param name="Module">Its name.</param>
/// <param name="Enabled">On or off.</param>
public sealed record ModuleEnabled(string Module, bool Enabled) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.MgrMap is { } map
        && (map.Value.EnabledModules.Contains(Module) || map.Value.AlwaysOnModules.Values.Any(a => a.Contains(Module))) == Enabled;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"mgr module '{Module}' to be switched {(Enabled ? "on" : "off")}";
}
