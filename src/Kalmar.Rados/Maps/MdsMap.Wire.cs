using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <content>The encoding.</content>
public sealed partial record MdsMap
{
    private const ushort Newest = 19;
    private const ushort Oldest = 12;
    private const byte Struct = 5;

    /// <inheritdoc/>
    public static MdsMap Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("MDSMap", Struct, out byte version);
        if (version < Struct)
        {
            throw body.Error($"MDSMap version {version} is older than Nautilus's");
        }

        var map = new MdsMap
        {
            Epoch = new Epoch(body.ReadU32()),
            Flags = body.ReadU32(),
            LastFailure = new Epoch(body.ReadU32()),
            Root = body.ReadI32(),
            SessionTimeout = body.ReadU32(),
            SessionAutoclose = body.ReadU32(),
            MaxFileSize = body.ReadU64(),
            MaxMds = body.ReadI32(),
            Daemons = body.ReadValueMap<ulong, MdsInfo>(static (ref WireReader r) => r.ReadU64(), 14),
            DataPools = body.ReadI64List(),
            CasPool = body.ReadI64(),
        };
        ushort inner = body.ReadU16();
        if (inner < Oldest)
        {
            throw body.Error($"MDSMap inner version {inner} is older than Nautilus's");
        }

        map = ReadRanks(ref body, map with { EncodingVersion = Math.Min(inner, Newest) });
        return ReadSettings(ref body, map, inner);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(Struct, 4);
        writer.WriteU32(Epoch.Value);
        writer.WriteU32(Flags);
        writer.WriteU32(LastFailure.Value);
        writer.WriteI32(Root);
        writer.WriteU32(SessionTimeout);
        writer.WriteU32(SessionAutoclose);
        writer.WriteU64(MaxFileSize);
        writer.WriteI32(MaxMds);
        writer.WriteMap(Daemons, static (w, k) => w.WriteU64(k), static (w, v) => v.Write(w));
        writer.WriteI64List(DataPools);
        writer.WriteI64(CasPool);
        writer.WriteU16(EncodingVersion);
        WriteRanks(writer);
        WriteSettings(writer);
        writer.EndStruct(mark);
    }

    private static MdsMap ReadRanks(ref WireReader body, MdsMap map) => map with
    {
        Compatibility = MdsCompatibility.Read(ref body),
        MetadataPool = new PoolId(body.ReadI64()),
        Created = Utime.Read(ref body),
        Modified = Utime.Read(ref body),
        TableServer = body.ReadI32(),
        In = body.ReadI32List(),
        Incarnations = body.ReadValueMap(static (ref WireReader r) => r.ReadI32(), static (ref WireReader r) => r.ReadI32(), 8),
        Up = body.ReadValueMap(static (ref WireReader r) => r.ReadI32(), static (ref WireReader r) => r.ReadU64(), 12),
        Failed = body.ReadI32List(),
        Stopped = body.ReadI32List(),
        LastFailureOsdEpoch = new Epoch(body.ReadU32()),
    };

    private static MdsMap ReadSettings(ref WireReader body, MdsMap map, ushort version) => map with
    {
        EverAllowedFeatures = body.ReadU8(),
        ExplicitlyAllowedFeatures = body.ReadU8(),
        InlineDataEnabled = body.ReadBool(),
        Enabled = body.ReadBool(),
        Name = body.ReadString(),
        Damaged = body.ReadI32List(),
        Balancer = body.ReadString(),
        StandbyCountWanted = body.ReadI32(),
        OldMaxMds = version >= 13 ? body.ReadI32() : 0,
        MinCompatClient = version >= 14 ? (CephRelease)body.ReadU8() : CephRelease.Unknown,
        RequiredClientFeatures = version >= 16 ? ReadBits(ref body) : [],
        BalanceRankMask = version >= 17 ? body.ReadString() : "-1",
        MaxXattrSize = version >= 18 ? body.ReadU64() : 0,
        QuiesceLeader = version >= 19 ? body.ReadU64() : 0,
        QuiesceMembers = version >= 19 ? body.ReadU64List() : [],
    };

    private void WriteRanks(WireWriter writer)
    {
        Compatibility.Write(writer);
        writer.WriteI64(MetadataPool.Value);
        Created.Write(writer);
        Modified.Write(writer);
        writer.WriteI32(TableServer);
        writer.WriteI32List(In);
        writer.WriteMap(Incarnations, static (w, k) => w.WriteI32(k), static (w, v) => w.WriteI32(v));
        writer.WriteMap(Up, static (w, k) => w.WriteI32(k), static (w, v) => w.WriteU64(v));
        writer.WriteI32List(Failed);
        writer.WriteI32List(Stopped);
        writer.WriteU32(LastFailureOsdEpoch.Value);
    }

    private void WriteSettings(WireWriter writer)
    {
        writer.WriteU8(EverAllowedFeatures);
        writer.WriteU8(ExplicitlyAllowedFeatures);
        writer.WriteBool(InlineDataEnabled);
        writer.WriteBool(Enabled);
        writer.WriteString(Name);
        writer.WriteI32List(Damaged);
        writer.WriteString(Balancer);
        writer.WriteI32(StandbyCountWanted);
        if (EncodingVersion >= 13)
        {
            writer.WriteI32(OldMaxMds);
        }

        if (EncodingVersion >= 14)
        {
            writer.WriteU8((byte)MinCompatClient);
        }

        if (EncodingVersion >= 16)
        {
            WriteBits(writer, RequiredClientFeatures);
        }

        if (EncodingVersion >= 17)
        {
            writer.WriteString(BalanceRankMask);
        }

        if (EncodingVersion >= 18)
        {
            writer.WriteU64(MaxXattrSize);
        }

        if (EncodingVersion >= 19)
        {
            writer.WriteU64(QuiesceLeader);
            writer.WriteU64List(QuiesceMembers);
        }
    }

    /// <summary>feature_bitset_t: u32 bytes, then that many as whole u64.</summary>
    private static ValueList<ulong> ReadBits(ref WireReader body)
    {
        int length = body.ReadCount(1);
        if (length % 8 != 0)
        {
            throw body.Error($"{length} bytes of features are no whole numbers");
        }

        var words = new ulong[length / 8];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = body.ReadU64();
        }

        return [.. words];
    }

    private static void WriteBits(WireWriter writer, ValueList<ulong> words)
    {
        writer.WriteU32((uint)words.Count * 8);
        foreach (ulong word in words)
        {
            writer.WriteU64(word);
        }
    }
}
