using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Server.Views;

/// <summary>An OSD in the table.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Host">The host by CRUSH, else by its own word; empty when neither is known.</param>
/// <param name="DeviceClass">Its class; empty when it has none.</param>
/// <param name="CrushWeight">Its weight in CRUSH; null when it stands nowhere.</param>
/// <param name="Reweight">0 is out, 1 is in with its full share.</param>
/// <param name="IsUp">It runs and is heard of.</param>
/// <param name="IsIn">It takes data.</param>
/// <param name="Flags">What else the map says of it: destroyed, noout, full …</param>
/// <param name="Usage">What it told last; null when not known.</param>
/// <param name="Version">Its version; empty when not known.</param>
/// <param name="Address">Where clients reach it; empty when it is down.</param>
/// <param name="LastWord">When it last said anything; null when not known.</param>
public sealed record OsdRow(
    OsdId Id,
    string Host,
    string DeviceClass,
    double? CrushWeight,
    double Reweight,
    bool IsUp,
    bool IsIn,
    IReadOnlyList<string> Flags,
    OsdUsage? Usage,
    string Version,
    string Address,
    DateTimeOffset? LastWord)
{
    /// <summary>How it is to be shown. A down OSD that still counts for data is broken; one that is out already is being made up for.</summary>
    public ViewState State => (IsUp, IsIn) switch
    {
        (true, true) => ViewState.Good,
        (true, false) => ViewState.Warning,
        (false, true) => ViewState.Bad,
        (false, false) => ViewState.Warning,
    };

    /// <summary><c>up, in</c>.</summary>
    public string StateText => $"{(IsUp ? "up" : "down")}, {(IsIn ? "in" : "out")}";

    /// <summary>What the filter looks at.</summary>
    public string Text => $"{Id} {Host} {DeviceClass} {StateText} {string.Join(' ', Flags)} {Version} {Address}";

    /// <summary>The OSDs of a snapshot, by number; empty when its map is not known.</summary>
    /// <param name="cluster">The snapshot.</param>
    public static IReadOnlyList<OsdRow> Of(ClusterSnapshot cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        if (cluster.OsdMap is not { Value: { } map })
        {
            return [];
        }

        CrushPlaces places = new(map.Crush);
        return [.. map.Osds.Select(osd => Of(osd, places, cluster))];
    }

    private static OsdRow Of(OsdEntry osd, CrushPlaces places, ClusterSnapshot cluster)
    {
        DaemonName name = DaemonName.Of(osd.Id);
        DaemonMetadata? metadata = cluster.Metadata?.Value.GetValueOrDefault(name);
        string host = places.HostOf(osd.Id);
        return new OsdRow(
            osd.Id,
            host.Length > 0 ? host : metadata?.Hostname ?? "",
            osd.DeviceClass ?? "",
            places.WeightOf(osd.Id),
            osd.Weight,
            osd.IsUp,
            osd.IsIn,
            OsdMapNotes.Flags(osd),
            cluster.OsdUsage?.Value.GetValueOrDefault(osd.Id),
            metadata?.Version ?? "",
            Addresses.Of(osd.ClientAddresses),
            cluster.LastWord.TryGetValue(name, out DateTimeOffset word) ? word : null);
    }
}
