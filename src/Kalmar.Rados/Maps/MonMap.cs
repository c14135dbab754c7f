using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The monitors of a cluster: Ceph's MonMap, VER(9,6), VER(10,6) where keys may be of AES-256.</summary>
public sealed record MonMap : IWireEncodable<MonMap>
{
    private const byte Newest = 10;
    private const byte Oldest = 6;

    /// <summary>The cluster.</summary>
    public Guid Fsid { get; init; }

    /// <summary>The map's version.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>When this version was made.</summary>
    public Utime LastChanged { get; init; }

    /// <summary>When the cluster was made.</summary>
    public Utime Created { get; init; }

    /// <summary>Features that all monitors must have for good.</summary>
    public ulong PersistentFeatures { get; init; }

    /// <summary>Features that may be switched off again.</summary>
    public ulong OptionalFeatures { get; init; }

    /// <summary>Monitors by name.</summary>
    public ValueMap<string, MonInfo> Monitors { get; init; } = ValueMap<string, MonInfo>.Empty;

    /// <summary>Names by rank.</summary>
    public ValueList<string> Ranks { get; init; } = [];

    /// <summary>The oldest monitors that may join.</summary>
    public CephRelease MinMonRelease { get; init; }

    /// <summary>Ranks that were removed lately.</summary>
    public ValueList<uint> RemovedRanks { get; init; } = [];

    /// <summary>How the leader is elected.</summary>
    public MonElectionStrategy Strategy { get; init; } = MonElectionStrategy.Classic;

    /// <summary>Monitors that may not lead.</summary>
    public ValueList<string> DisallowedLeaders { get; init; } = [];

    /// <summary>Whether the monitors serve a cluster stretched over two sites.</summary>
    public bool StretchMode { get; init; }

    /// <summary>The monitor on the third site of a stretched cluster; empty when none.</summary>
    public string TiebreakerMon { get; init; } = "";

    /// <summary>Monitors that stretch mode regards as down.</summary>
    public ValueList<string> StretchMarkedDown { get; init; } = [];

    /// <summary>Which ciphers keys may have; null before version 10.</summary>
    public MonAuthPolicy? AuthPolicy { get; init; }

    /// <summary>Monitors in the order of their ranks.</summary>
    public IEnumerable<MonInfo> ByRank => Ranks.Where(Monitors.ContainsKey).Select(name => Monitors[name]);

    /// <summary>The rank of a monitor, or null.</summary>
    /// <param name="name">Its name.</param>
    public int? RankOf(string name) => Ranks.IndexOf(name) is var rank and >= 0 ? rank : null;

    /// <inheritdoc/>
    public static MonMap Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("MonMap", Newest, out byte version);
        if (version < Oldest)
        {
            throw body.Error($"MonMap version {version} is older than Nautilus's");
        }

        var map = new MonMap
        {
            Fsid = body.ReadUuid(),
            Epoch = new Epoch(body.ReadU32()),
            LastChanged = Utime.Read(ref body),
            Created = Utime.Read(ref body),
            PersistentFeatures = ReadFeatures(ref body),
            OptionalFeatures = ReadFeatures(ref body),
            Monitors = body.ReadValueMap<string, MonInfo>(static (ref WireReader r) => r.ReadString(), 10),
            Ranks = body.ReadStrings(),
            MinMonRelease = version >= 7 ? (CephRelease)body.ReadU8() : CephRelease.Unknown,
        };
        if (version >= 8)
        {
            map = map with
            {
                RemovedRanks = body.ReadU32List(),
                Strategy = (MonElectionStrategy)body.ReadU8(),
                DisallowedLeaders = body.ReadStrings(),
            };
        }

        return version < 9
            ? map
            : map with
            {
                StretchMode = body.ReadBool(),
                TiebreakerMon = body.ReadString(),
                StretchMarkedDown = body.ReadStrings(),
                AuthPolicy = version >= 10 ? MonAuthPolicy.Read(ref body) : null,
            };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(AuthPolicy is null ? (byte)9 : Newest, Oldest);
        writer.WriteUuid(Fsid);
        writer.WriteU32(Epoch.Value);
        LastChanged.Write(writer);
        Created.Write(writer);
        WriteFeatures(writer, PersistentFeatures);
        WriteFeatures(writer, OptionalFeatures);
        writer.WriteMap(Monitors, static (w, k) => w.WriteString(k), static (w, v) => v.Write(w));
        writer.WriteStrings(Ranks);
        writer.WriteU8((byte)MinMonRelease);
        writer.WriteU32List(RemovedRanks);
        writer.WriteU8((byte)Strategy);
        writer.WriteStrings(DisallowedLeaders);
        writer.WriteBool(StretchMode);
        writer.WriteString(TiebreakerMon);
        writer.WriteStrings(StretchMarkedDown);
        AuthPolicy?.Write(writer);
        writer.EndStruct(mark);
    }

    /// <summary>mon_feature_t, VER(1,1): u64.</summary>
    private static ulong ReadFeatures(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("mon_feature_t", 1, out _);
        return body.ReadU64();
    }

    private static void WriteFeatures(WireWriter writer, ulong features)
    {
        int mark = writer.BeginStruct(1, 1);
        writer.WriteU64(features);
        writer.EndStruct(mark);
    }
}
