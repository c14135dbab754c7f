using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <content>The encoding, VER(29,5) up to Reef (30 for stretched pools), VER(32,5) in Tentacle.</content>
public sealed partial record Pool
{
    private const byte Newest = 32;
    private const byte Oldest = 27;

    /// <inheritdoc/>
    public static Pool Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("pg_pool_t", Newest, out byte version);
        if (version < Oldest)
        {
            throw body.Error($"pg_pool_t version {version} is older than Nautilus's");
        }

        Pool pool = ReadUpToNautilus(ref body) with { EncodingVersion = Math.Min(version, Newest) };
        return version >= 28 ? ReadSinceNautilus(ref body, pool, version) : pool;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, 5);
        WriteUpToNautilus(writer);
        if (EncodingVersion >= 28)
        {
            WriteSinceNautilus(writer);
        }

        writer.EndStruct(mark);
    }

    private static Pool ReadUpToNautilus(ref WireReader body)
    {
        var type = (PoolType)body.ReadU8();
        byte size = body.ReadU8();
        byte rule = body.ReadU8();
        byte hash = body.ReadU8();
        uint pgNum = body.ReadU32();
        uint pgpNum = body.ReadU32();
        body.Skip(8);
        var pool = new Pool
        {
            Type = type,
            Size = size,
            CrushRule = rule,
            ObjectHash = hash,
            PgNum = pgNum,
            PgpNum = pgpNum,
            PgNumTarget = pgNum,
            PgpNumTarget = pgpNum,
            PgNumPending = pgNum,
            LastChange = new Epoch(body.ReadU32()),
            SnapSequence = body.ReadU64(),
            SnapEpoch = new Epoch(body.ReadU32()),
            Snapshots = body.ReadValueMap<ulong, PoolSnapshot>(static (ref WireReader r) => r.ReadU64(), 14),
            RemovedSnaps = body.ReadIntervals(),
            Auid = body.ReadU64(),
            Flags = (PoolFlags)body.ReadU64(),
            CrashReplayInterval = body.ReadU32(),
            MinSize = body.ReadU8(),
            QuotaMaxBytes = body.ReadU64(),
            QuotaMaxObjects = body.ReadU64(),
            Tiers = body.ReadU64List(),
            TierOf = new PoolId(body.ReadI64()),
            CacheMode = body.ReadU8(),
            ReadTier = new PoolId(body.ReadI64()),
            WriteTier = new PoolId(body.ReadI64()),
            Properties = body.ReadTextMap(),
            HitSet = HitSetParameters.Read(ref body),
            HitSetPeriod = body.ReadU32(),
            HitSetCount = body.ReadU32(),
            StripeWidth = body.ReadU32(),
            TargetMaxBytes = body.ReadU64(),
            TargetMaxObjects = body.ReadU64(),
            CacheTargetDirtyRatioMicro = body.ReadU32(),
            CacheTargetFullRatioMicro = body.ReadU32(),
            CacheMinFlushAge = body.ReadU32(),
            CacheMinEvictAge = body.ReadU32(),
            ErasureCodeProfile = body.ReadString(),
            LastForceResendPreLuminous = new Epoch(body.ReadU32()),
            MinReadRecencyForPromote = body.ReadI32(),
            ExpectedObjects = body.ReadU64(),
            CacheTargetDirtyHighRatioMicro = body.ReadU32(),
            MinWriteRecencyForPromote = body.ReadI32(),
            UseGmtHitSet = body.ReadBool(),
            FastRead = body.ReadBool(),
            HitSetGradeDecayRate = body.ReadI32(),
            HitSetSearchLastN = body.ReadU32(),
        };
        WireReader options = body.ReadStruct("pool_opts_t", 2, out byte optionsVersion);
        bool wide = optionsVersion >= 2;
        return pool with
        {
            OptionsVersion = Math.Min(optionsVersion, (byte)2),
            Options = options.ReadValueMap(
                static (ref WireReader r) => (PoolOption)r.ReadI32(),
                (ref WireReader r) => PoolOptionValue.Read(ref r, wide),
                12),
            LastForceResendPreNautilus = new Epoch(body.ReadU32()),
            Applications = body.ReadValueMap(
                static (ref WireReader r) => r.ReadString(), static (ref WireReader r) => r.ReadTextMap(), 8),
            CreateTime = Utime.Read(ref body),
        };
    }

    private static Pool ReadSinceNautilus(ref WireReader body, Pool pool, byte version)
    {
        pool = pool with
        {
            PgNumTarget = body.ReadU32(),
            PgpNumTarget = body.ReadU32(),
            PgNumPending = body.ReadU32(),
            PgNumDecLastEpochStarted = new Epoch(body.ReadU32()),
            PgNumDecLastEpochClean = new Epoch(body.ReadU32()),
            LastForceResend = new Epoch(body.ReadU32()),
            AutoscaleMode = (PgAutoscaleMode)body.ReadU8(),
            LastPgMerge = version >= 29 ? PgMergeInfo.Read(ref body) : PgMergeInfo.None,
        };
        if (version == 30 || (version >= 31 && body.ReadBool()))
        {
            pool = pool with { PeeringCrush = Maps.PeeringCrush.Read(ref body) };
        }

        return version >= 32 ? pool with { NonPrimaryShards = ReadVarint(ref body) | ((UInt128)ReadVarint(ref body) << 64) } : pool;
    }

    private void WriteUpToNautilus(WireWriter writer)
    {
        writer.WriteU8((byte)Type);
        writer.WriteU8(Size);
        writer.WriteU8(CrushRule);
        writer.WriteU8(ObjectHash);
        writer.WriteU32(PgNum);
        writer.WriteU32(PgpNum);
        writer.WriteZeros(8);
        writer.WriteU32(LastChange.Value);
        writer.WriteU64(SnapSequence);
        writer.WriteU32(SnapEpoch.Value);
        writer.WriteMap(Snapshots, static (w, k) => w.WriteU64(k), static (w, v) => v.Write(w));
        writer.WriteIntervals(RemovedSnaps);
        writer.WriteU64(Auid);
        writer.WriteU64((ulong)Flags);
        writer.WriteU32(CrashReplayInterval);
        writer.WriteU8(MinSize);
        writer.WriteU64(QuotaMaxBytes);
        writer.WriteU64(QuotaMaxObjects);
        writer.WriteU64List(Tiers);
        writer.WriteI64(TierOf.Value);
        writer.WriteU8(CacheMode);
        writer.WriteI64(ReadTier.Value);
        writer.WriteI64(WriteTier.Value);
        writer.WriteTextMap(Properties);
        HitSet.Write(writer);
        writer.WriteU32(HitSetPeriod);
        writer.WriteU32(HitSetCount);
        writer.WriteU32(StripeWidth);
        writer.WriteU64(TargetMaxBytes);
        writer.WriteU64(TargetMaxObjects);
        writer.WriteU32(CacheTargetDirtyRatioMicro);
        writer.WriteU32(CacheTargetFullRatioMicro);
        writer.WriteU32(CacheMinFlushAge);
        writer.WriteU32(CacheMinEvictAge);
        writer.WriteString(ErasureCodeProfile);
        writer.WriteU32(LastForceResendPreLuminous.Value);
        writer.WriteI32(MinReadRecencyForPromote);
        writer.WriteU64(ExpectedObjects);
        writer.WriteU32(CacheTargetDirtyHighRatioMicro);
        writer.WriteI32(MinWriteRecencyForPromote);
        writer.WriteBool(UseGmtHitSet);
        writer.WriteBool(FastRead);
        writer.WriteI32(HitSetGradeDecayRate);
        writer.WriteU32(HitSetSearchLastN);
        int options = writer.BeginStruct(OptionsVersion, 1);
        bool wide = OptionsVersion >= 2;
        writer.WriteMap(Options, static (w, k) => w.WriteI32((int)k), (w, v) => v.Write(w, wide));
        writer.EndStruct(options);
        writer.WriteU32(LastForceResendPreNautilus.Value);
        writer.WriteMap(Applications, static (w, k) => w.WriteString(k), static (w, v) => w.WriteTextMap(v));
        CreateTime.Write(writer);
    }

    private void WriteSinceNautilus(WireWriter writer)
    {
        writer.WriteU32(PgNumTarget);
        writer.WriteU32(PgpNumTarget);
        writer.WriteU32(PgNumPending);
        writer.WriteU32(PgNumDecLastEpochStarted.Value);
        writer.WriteU32(PgNumDecLastEpochClean.Value);
        writer.WriteU32(LastForceResend.Value);
        writer.WriteU8((byte)AutoscaleMode);
        if (EncodingVersion >= 29)
        {
            LastPgMerge.Write(writer);
        }

        if (EncodingVersion >= 31)
        {
            writer.WriteBool(PeeringCrush is not null);
        }

        if (EncodingVersion == 30 || (EncodingVersion >= 31 && PeeringCrush is not null))
        {
            PeeringCrush.GetValueOrDefault().Write(writer);
        }

        if (EncodingVersion >= 32)
        {
            WriteVarint(writer, (ulong)NonPrimaryShards);
            WriteVarint(writer, (ulong)(NonPrimaryShards >> 64));
        }
    }

    /// <summary>Seven bits a byte, the lowest first; the high bit says that more follow.</summary>
    private static ulong ReadVarint(ref WireReader reader)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = reader.ReadU8();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw reader.Error("a number of more than 64 bits");
    }

    private static void WriteVarint(WireWriter writer, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            writer.WriteU8((byte)(value | 0x80));
        }

        writer.WriteU8((byte)value);
    }
}
