using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The file systems of a cluster and the metadata servers that wait: Ceph's FSMap, VER(7,6), 8 since Squid.</summary>
public sealed record FsMap : IWireEncodable<FsMap>
{
    private const byte Newest = 8;
    private const byte Oldest = 6;

    /// <summary>The version in which it is written; what was read keeps its own.</summary>
    public byte EncodingVersion { get; init; } = Newest;

    /// <summary>The map's version.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>The number that the next file system gets.</summary>
    public ulong NextFileSystemId { get; init; }

    /// <summary>The file system of clients that name none; -1 for none.</summary>
    public int DefaultFileSystem { get; init; } = -1;

    /// <summary>The on-disk features that a new file system gets.</summary>
    public MdsCompatibility DefaultCompatibility { get; init; } = MdsCompatibility.Empty;

    /// <summary>Whether there may be several file systems.</summary>
    public bool MultipleEnabled { get; init; }

    /// <summary>The file systems.</summary>
    public ValueList<CephFileSystem> FileSystems { get; init; } = [];

    /// <summary>The file system of each server by global id; -1 for standbys.</summary>
    public ValueMap<ulong, int> Roles { get; init; } = ValueMap<ulong, int>.Empty;

    /// <summary>Servers that wait, by global id.</summary>
    public ValueMap<ulong, MdsInfo> Standbys { get; init; } = ValueMap<ulong, MdsInfo>.Empty;

    /// <summary>The epoch in which each of them last changed.</summary>
    public ValueMap<ulong, Epoch> StandbyEpochs { get; init; } = ValueMap<ulong, Epoch>.Empty;

    /// <summary>Whether several file systems were ever allowed (version 7).</summary>
    public bool MultipleEverEnabled { get; init; }

    /// <summary>When this version was made (version 8).</summary>
    public Utime Born { get; init; }

    /// <summary>All metadata servers: those of the file systems, then the standbys.</summary>
    public IEnumerable<MdsInfo> Daemons => FileSystems.SelectMany(f => f.MdsMap.Daemons.Values).Concat(Standbys.Values);

    /// <inheritdoc/>
    public static FsMap Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("FSMap", Newest, out byte version);
        if (version < Oldest)
        {
            throw body.Error($"FSMap version {version} is older than Nautilus's");
        }

        return new FsMap
        {
            EncodingVersion = Math.Min(version, Newest),
            Epoch = new Epoch(body.ReadU32()),
            NextFileSystemId = body.ReadU64(),
            DefaultFileSystem = body.ReadI32(),
            DefaultCompatibility = MdsCompatibility.Read(ref body),
            MultipleEnabled = body.ReadBool(),
            FileSystems = body.ReadValues<CephFileSystem>(14),
            Roles = body.ReadValueMap(static (ref WireReader r) => r.ReadU64(), static (ref WireReader r) => r.ReadI32(), 12),
            Standbys = body.ReadValueMap<ulong, MdsInfo>(static (ref WireReader r) => r.ReadU64(), 14),
            StandbyEpochs = body.ReadValueMap(static (ref WireReader r) => r.ReadU64(), static (ref WireReader r) => new Epoch(r.ReadU32()), 12),
            MultipleEverEnabled = version >= 7 && body.ReadBool(),
            Born = version >= 8 ? Utime.Read(ref body) : default,
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, Oldest);
        writer.WriteU32(Epoch.Value);
        writer.WriteU64(NextFileSystemId);
        writer.WriteI32(DefaultFileSystem);
        DefaultCompatibility.Write(writer);
        writer.WriteBool(MultipleEnabled);
        writer.WriteList(FileSystems);
        writer.WriteMap(Roles, static (w, k) => w.WriteU64(k), static (w, v) => w.WriteI32(v));
        writer.WriteMap(Standbys, static (w, k) => w.WriteU64(k), static (w, v) => v.Write(w));
        writer.WriteMap(StandbyEpochs, static (w, k) => w.WriteU64(k), static (w, v) => w.WriteU32(v.Value));
        if (EncodingVersion >= 7)
        {
            writer.WriteBool(MultipleEverEnabled);
        }

        if (EncodingVersion >= 8)
        {
            Born.Write(writer);
        }

        writer.EndStruct(mark);
    }
}
