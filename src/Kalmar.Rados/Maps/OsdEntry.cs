using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>One OSD as a map has it; a view that holds nothing itself.</summary>
/// <param name="Map">The map.</param>
/// <param name="Id">The OSD's number, below <see cref="OsdMap.MaxOsd"/>.</param>
public readonly record struct OsdEntry(OsdMap Map, OsdId Id)
{
    /// <summary>All state bits.</summary>
    public OsdState State => Map.States[Id.Value];

    /// <summary>True when there is such an OSD.</summary>
    public bool Exists => State.HasFlag(OsdState.Exists);

    /// <summary>True when it runs and is heard of.</summary>
    public bool IsUp => (State & (OsdState.Exists | OsdState.Up)) == (OsdState.Exists | OsdState.Up);

    /// <summary>True when it takes data.</summary>
    public bool IsIn => Exists && RawWeight != 0;

    /// <summary>True when its data is gone and the number waits for a new disk.</summary>
    public bool IsDestroyed => State.HasFlag(OsdState.Destroyed);

    /// <summary>The weight as the map has it, 0x10000 is 1.0.</summary>
    public uint RawWeight => Map.Weights[Id.Value];

    /// <summary>How much of its share it takes, 0 (out) to 1 (in): <c>ceph osd reweight</c>. Not the CRUSH weight.</summary>
    public double Weight => RawWeight / (double)OsdMap.FullWeight;

    /// <summary>How willing it is to lead, 0 to 1.</summary>
    public double PrimaryAffinity =>
        Map.PrimaryAffinities.Count == 0 ? 1.0 : Map.PrimaryAffinities[Id.Value] / (double)OsdMap.FullWeight;

    /// <summary>The uuid of its data.</summary>
    public Guid Uuid => Map.Uuids[Id.Value];

    /// <summary>Epochs at which it came and went.</summary>
    public OsdInfo Info => Map.Infos[Id.Value];

    /// <summary>More about it.</summary>
    public OsdExtraInfo ExtraInfo => Map.ExtraInfos[Id.Value];

    /// <summary>Where clients and managers reach it.</summary>
    public EntityAddressVector ClientAddresses => Map.ClientAddresses[Id.Value];

    /// <summary>Where OSDs reach it.</summary>
    public EntityAddressVector ClusterAddresses => Map.ClusterAddresses[Id.Value];

    /// <summary>Where it answers heartbeats on the cluster network.</summary>
    public EntityAddressVector HeartbeatBackAddresses => Map.HeartbeatBackAddresses[Id.Value];

    /// <summary>Where it answers heartbeats on the public network.</summary>
    public EntityAddressVector HeartbeatFrontAddresses => Map.HeartbeatFrontAddresses[Id.Value];

    /// <summary>Its device class (<c>ssd</c>), or null.</summary>
    public string? DeviceClass => Map.Crush.DeviceClassOf(Id.Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {(IsUp ? "up" : "down")} {(IsIn ? "in" : "out")}";
}
