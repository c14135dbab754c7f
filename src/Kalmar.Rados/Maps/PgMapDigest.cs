using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// The sums over all PGs and OSDs that the active manager sends to the monitors: Ceph's PGMapDigest, VER(4,1), VER(5,1) in Tentacle.
/// </summary>
public sealed record PgMapDigest : IWireEncodable<PgMapDigest>
{
    private const byte Newest = 5;

    /// <summary>The version in which it is written; what was read keeps its own.</summary>
    public byte EncodingVersion { get; init; } = 4;

    /// <summary>PGs.</summary>
    public long PgCount { get; init; }

    /// <summary>PGs that are active.</summary>
    public long ActivePgCount { get; init; }

    /// <summary>PGs that nothing was heard of.</summary>
    public long UnknownPgCount { get; init; }

    /// <summary>OSDs that reported.</summary>
    public long OsdCount { get; init; }

    /// <summary>What each pool holds.</summary>
    public ValueMap<PoolId, PoolStats> Pools { get; init; } = ValueMap<PoolId, PoolStats>.Empty;

    /// <summary>What all pools hold.</summary>
    public PoolStats PoolSum { get; init; } = PoolStats.Zero;

    /// <summary>What all OSDs report.</summary>
    public OsdStats OsdSum { get; init; } = OsdStats.Zero;

    /// <summary>PGs by state.</summary>
    public ValueMap<PgState, int> PgsByState { get; init; } = ValueMap<PgState, int>.Empty;

    /// <summary>PGs by OSD.</summary>
    public ValueMap<OsdId, OsdPgCount> PgsByOsd { get; init; } = ValueMap<OsdId, OsdPgCount>.Empty;

    /// <summary>PGs by pool.</summary>
    public ValueMap<PoolId, long> PgsByPool { get; init; } = ValueMap<PoolId, long>.Empty;

    /// <summary>The sequence of each OSD's last report; the index is the OSD's number.</summary>
    public ValueList<ulong> OsdLastSequence { get; init; } = [];

    /// <summary>What changed lately in each pool.</summary>
    public ValueMap<PoolId, PoolDelta> PoolDeltas { get; init; } = ValueMap<PoolId, PoolDelta>.Empty;

    /// <summary>When the deltas were computed last.</summary>
    public ValueMap<PoolId, Utime> DeltaStamps { get; init; } = ValueMap<PoolId, Utime>.Empty;

    /// <summary>What changed lately in all pools.</summary>
    public PoolStats PoolSumDelta { get; init; } = PoolStats.Zero;

    /// <summary>The time that it took.</summary>
    public Utime SumDeltaDuration { get; init; }

    /// <summary>Bytes that can still be stored by each CRUSH rule.</summary>
    public ValueMap<int, long> AvailableByRule { get; init; } = ValueMap<int, long>.Empty;

    /// <summary>Snapshots that are trimmed to the end in each pool.</summary>
    public ValueMap<PoolId, ValueList<SnapInterval>> PurgedSnaps { get; init; } = ValueMap<PoolId, ValueList<SnapInterval>>.Empty;

    /// <summary>What the OSDs of each device class report.</summary>
    public ValueMap<string, OsdStats> OsdSumByClass { get; init; } = ValueMap<string, OsdStats>.Empty;

    /// <summary>What releases after Squid add, as it came.</summary>
    public ValueList<byte> NewerFields { get; init; } = [];

    /// <inheritdoc/>
    public static PgMapDigest Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("PGMapDigest", Newest, out byte version);
        if (version < 4)
        {
            throw body.Error($"PGMapDigest version {version} is older than Nautilus's");
        }

        return new PgMapDigest
        {
            EncodingVersion = Math.Min(version, Newest),
            PgCount = body.ReadI64(),
            ActivePgCount = body.ReadI64(),
            UnknownPgCount = body.ReadI64(),
            OsdCount = body.ReadI64(),
            Pools = body.ReadValueMap<PoolId, PoolStats>(static (ref WireReader r) => new PoolId(r.ReadI32()), 400),
            PoolSum = PoolStats.Read(ref body),
            OsdSum = OsdStats.Read(ref body),
            PgsByState = body.ReadValueMap(static (ref WireReader r) => (PgState)r.ReadU64(), static (ref WireReader r) => r.ReadI32(), 12),
            PgsByOsd = body.ReadOsdMap(static (ref WireReader r) => new OsdPgCount(r.ReadI32(), r.ReadI32(), r.ReadI32()), 12),
            PgsByPool = body.ReadPoolMap(static (ref WireReader r) => r.ReadI64(), 8),
            OsdLastSequence = body.ReadU64List(),
            PoolDeltas = body.ReadPoolMap(static (ref WireReader r) => new PoolDelta(PoolStats.Read(ref r), Utime.Read(ref r)), 400),
            DeltaStamps = body.ReadPoolMap(static (ref WireReader r) => Utime.Read(ref r), 8),
            PoolSumDelta = PoolStats.Read(ref body),
            SumDeltaDuration = Utime.Read(ref body),
            AvailableByRule = body.ReadValueMap(static (ref WireReader r) => r.ReadI32(), static (ref WireReader r) => r.ReadI64(), 12),
            PurgedSnaps = body.ReadPoolIntervals(),
            OsdSumByClass = body.ReadValueMap<string, OsdStats>(static (ref WireReader r) => r.ReadString(), 200),
            NewerFields = ValueList.Create(body.Rest),
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, 1);
        writer.WriteI64(PgCount);
        writer.WriteI64(ActivePgCount);
        writer.WriteI64(UnknownPgCount);
        writer.WriteI64(OsdCount);
        writer.WriteMap(Pools, static (w, k) => w.WriteI32((int)k.Value), static (w, v) => v.Write(w));
        PoolSum.Write(writer);
        OsdSum.Write(writer);
        writer.WriteMap(PgsByState, static (w, k) => w.WriteU64((ulong)k), static (w, v) => w.WriteI32(v));
        writer.WriteOsdMap(PgsByOsd, static (w, v) =>
        {
            w.WriteI32(v.Acting);
            w.WriteI32(v.UpNotActing);
            w.WriteI32(v.Primary);
        });
        writer.WritePoolMap(PgsByPool, static (w, v) => w.WriteI64(v));
        writer.WriteU64List(OsdLastSequence);
        writer.WritePoolMap(PoolDeltas, static (w, v) =>
        {
            v.Stats.Write(w);
            v.Duration.Write(w);
        });
        writer.WritePoolMap(DeltaStamps, static (w, v) => v.Write(w));
        PoolSumDelta.Write(writer);
        SumDeltaDuration.Write(writer);
        writer.WriteMap(AvailableByRule, static (w, k) => w.WriteI32(k), static (w, v) => w.WriteI64(v));
        writer.WritePoolIntervals(PurgedSnaps);
        writer.WriteMap(OsdSumByClass, static (w, k) => w.WriteString(k), static (w, v) => v.Write(w));
        writer.WriteBytes(NewerFields.AsSpan());
        writer.EndStruct(mark);
    }
}
