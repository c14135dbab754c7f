using Kalmar.Manager.Clusters;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>An OSD was marked down after an epoch, whether or not it has come up again since.</summary>
/// <param name="Osd">The OSD.</param>
/// <param name="Epoch">The epoch at which it had been down last when the change was made; 0 for never.</param>
public sealed record OsdDownAfter(int Osd, uint Epoch) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.OsdMap is { } map && map.Value.Find(new OsdId(Osd)) is { } osd && osd.Info.DownAt.Value > Epoch;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"osd.{Osd} to be marked down";
}
