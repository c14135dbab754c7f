using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A flag of the whole cluster is set or not.</summary>
/// <param name="Flag">As in <c>ceph osd set FLAG</c>.</param>
/// <param name="IsSet">Set or not.</param>
public sealed record FlagValue(string Flag, bool IsSet) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.OsdMap is { } map && OsdMapFlagNames.Parse(Flag) is { } flag && ((map.Value.Flags & flag) == flag) == IsSet;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"flag {Flag} to be {(IsSet ? "set" : "cleared")}";
}
