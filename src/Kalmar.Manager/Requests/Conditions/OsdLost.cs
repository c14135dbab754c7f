using Kalmar.Manager.Clusters;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>An OSD's data was declared lost since it went down: Ceph notes the epoch at which it went down as the one it is lost at.</summary>
/// <param name="Osd">The OSD.</param>
public sealed record OsdLost(int Osd) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.OsdMap is { } map && map.Value.Find(new OsdId(Osd)) is { Info: var info } && info.LostAt.Value > 0 && info.LostAt.Value >= info.DownAt.Value;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"osd.{Osd} to be declared lost";
}
