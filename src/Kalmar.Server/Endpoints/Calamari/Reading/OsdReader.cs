using System.Runtime.CompilerServices;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Makes OSD resources.</summary>
internal static class OsdReader
{
    /// <summary>What can be asked of an OSD that is up.</summary>
    public static readonly string[] Commands = ["scrub", "deep_scrub", "repair"];

    private static readonly ConditionalWeakTable<CrushMap, CrushReach> Reaches = [];
    private static readonly ConditionalWeakTable<OsdMap, PoolReach> Pools = [];

    /// <summary>Which OSDs the rules of a map reach.</summary>
    public static CrushReach Reach(OsdMap map) => Reaches.GetValue(map.Crush, static c => new CrushReach(c));

    /// <summary>The pools that can choose an OSD.</summary>
    public static IReadOnlyList<long> PoolsOf(OsdMap map, OsdId osd) => Pools.GetValue(map, static m => new PoolReach(m, Reach(m))).Of(osd);

    /// <summary>One OSD.</summary>
    public static OsdResource Of(ClusterSnapshot cluster, OsdEntry osd)
    {
        CrushReach reach = Reach(osd.Map);
        DaemonMetadata? metadata = cluster.Metadata?.Value.GetValueOrDefault(DaemonName.Of(osd.Id));
        string? device = Fact(metadata, "bluestore_bdev_dev_node") ?? Fact(metadata, "backend_filestore_dev_node");
        string? disk = Fact(metadata, "devices")?.Split(',')[0];
        return new OsdResource(
            Uuid(osd).ToString("D"),
            osd.IsUp,
            osd.IsIn,
            osd.Id.Value,
            osd.Weight,
            Server(cluster, osd),
            PoolsOf(osd.Map, osd.Id),
            osd.IsUp ? Commands : [],
            Address(osd.ClientAddresses),
            Address(osd.ClusterAddresses),
            reach.Ancestry(osd.Id.Value),
            Fact(metadata, "bluestore_bdev_partition_path") ?? Fact(metadata, "backend_filestore_partition_path") ?? device,
            device ?? (string.IsNullOrEmpty(disk) ? null : $"/dev/{disk}"),
            Fact(metadata, "osd_data"),
            Fact(metadata, "osd_journal"));
    }

    /// <summary>The host of an OSD: by its own word, else by CRUSH.</summary>
    public static string? Server(ClusterSnapshot cluster, OsdEntry osd)
    {
        string? told = cluster.Metadata?.Value.GetValueOrDefault(DaemonName.Of(osd.Id))?.Hostname;
        return string.IsNullOrEmpty(told) ? Reach(osd.Map).HostOf(osd.Id) : told;
    }

    /// <summary>An address without the messenger's version, as Calamari knew it: <c>10.0.0.1:6800/1234</c>; <c>:/0</c> for none.</summary>
    public static string Address(EntityAddressVector addresses) =>
        (addresses.Legacy ?? addresses.Msgr2) is { EndPoint: { } endPoint } address ? $"{endPoint}/{address.Nonce}" : ":/0";

    /// <summary>The uuid of an OSD's data.</summary>
    public static Guid Uuid(OsdEntry osd) => osd.Id.Value < osd.Map.Uuids.Count ? osd.Uuid : Guid.Empty;

    private static string? Fact(DaemonMetadata? metadata, string name) =>
        metadata?.Facts.GetValueOrDefault(name) is { Length: > 0 } value && value != "unknown" ? value : null;
}
