using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A state of an OSD in the OSD map.</summary>
/// <param name="Osd">The OSD.</param>
/// <param name="Field"><c>up</c>, <c>in</c>, <c>exists</c>, <c>destroyed</c> (1 or 0), or <c>weight</c> (the raw one, 0x10000 is 1.0).</param>
/// <param name="Value">The value.</param>
public sealed record OsdValue(int Osd, string Field, long Value) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) => snapshot.OsdMap is { } map && Now(map.Value) == Value;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) =>
        $"osd.{Osd} to have {Field} {Value} ({(snapshot.OsdMap is { } map ? $"has {Now(map.Value)}" : "no OSD map yet")})";

    private long Now(OsdMap map)
    {
        var osd = new OsdId(Osd);
        return Field switch
        {
            "up" => map.IsUp(osd) ? 1 : 0,
            "in" => map.IsIn(osd) ? 1 : 0,
            "exists" => map.Exists(osd) ? 1 : 0,
            "destroyed" => map.Exists(osd) && map.States[Osd].HasFlag(OsdState.Destroyed) ? 1 : 0,
            "weight" => map.Exists(osd) ? map.Weights[Osd] : -1,
            _ => -1,
        };
    }
}
