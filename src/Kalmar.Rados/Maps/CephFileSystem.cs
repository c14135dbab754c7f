using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A file system: Ceph's Filesystem, VER(1,1), 2 since Pacific.</summary>
public sealed record CephFileSystem : IWireEncodable<CephFileSystem>
{
    private const byte Newest = 2;

    /// <summary>The version in which it is written; what was read keeps its own.</summary>
    public byte EncodingVersion { get; init; } = Newest;

    /// <summary>Its number.</summary>
    public int Id { get; init; }

    /// <summary>Its settings and servers.</summary>
    public MdsMap MdsMap { get; init; } = new();

    /// <summary>Whether it is copied to another cluster (version 2).</summary>
    public bool IsMirrored { get; init; }

    /// <summary>Where it is copied to (version 2).</summary>
    public ValueList<FsMirrorPeer> Peers { get; init; } = [];

    /// <summary>Its name.</summary>
    public string Name => MdsMap.Name;

    /// <inheritdoc/>
    public static CephFileSystem Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("Filesystem", Newest, out byte version);
        int id = body.ReadI32();
        WireReader inner = body.ReadNested("MDSMap");
        var system = new CephFileSystem { EncodingVersion = Math.Min(version, Newest), Id = id, MdsMap = MdsMap.Read(ref inner) };
        if (version < 2)
        {
            return system;
        }

        WireReader mirror = body.ReadStruct("MirrorInfo", 1, out _);
        return system with { IsMirrored = mirror.ReadBool(), Peers = mirror.ReadValues<FsMirrorPeer>(6) };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, 1);
        writer.WriteI32(Id);
        int inner = writer.BeginNested();
        MdsMap.Write(writer);
        writer.EndNested(inner);
        if (EncodingVersion >= 2)
        {
            int mirror = writer.BeginStruct(1, 1);
            writer.WriteBool(IsMirrored);
            writer.WriteList(Peers);
            writer.EndStruct(mirror);
        }

        writer.EndStruct(mark);
    }
}
