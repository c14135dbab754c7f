using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>What one OSD reports about itself, or a sum over OSDs: Ceph's osd_stat_t, VER(14,2).</summary>
public sealed record OsdStats : IWireEncodable<OsdStats>
{
    private const byte Newest = 14;
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    /// <summary>All zero.</summary>
    public static OsdStats Zero { get; } = new();

    /// <summary>Size in kB.</summary>
    public long Kilobytes { get; init; }

    /// <summary>Used kB, with the store's own.</summary>
    public long KilobytesUsed { get; init; }

    /// <summary>Free kB.</summary>
    public long KilobytesAvailable { get; init; }

    /// <summary>kB used by data.</summary>
    public long KilobytesUsedData { get; init; }

    /// <summary>kB used by omap.</summary>
    public long KilobytesUsedOmap { get; init; }

    /// <summary>kB used by metadata.</summary>
    public long KilobytesUsedMetadata { get; init; }

    /// <summary>Snapshots that wait to be trimmed.</summary>
    public int SnapTrimQueueLength { get; init; }

    /// <summary>PGs that trim snapshots.</summary>
    public int SnapTrimming { get; init; }

    /// <summary>OSDs that it exchanges heartbeats with.</summary>
    public ValueList<OsdId> HeartbeatPeers { get; init; } = [];

    /// <summary>Operations in flight by age: the number whose age in ms is below 2^index.</summary>
    public ValueList<int> OpAgeHistogram { get; init; } = [];

    /// <summary>The version in which the latencies are written; what was read keeps its own (1 rounds to milliseconds).</summary>
    public byte LatencyVersion { get; init; } = 2;

    /// <summary>Nanoseconds that a commit takes.</summary>
    public ulong CommitLatency { get; init; }

    /// <summary>Nanoseconds that it takes to apply a write.</summary>
    public ulong ApplyLatency { get; init; }

    /// <summary>Up since.</summary>
    public Epoch UpFrom { get; init; }

    /// <summary>Grows with each report; the high half is <see cref="UpFrom"/>.</summary>
    public ulong Sequence { get; init; }

    /// <summary>PGs that it has.</summary>
    public uint PgCount { get; init; }

    /// <summary>What its store holds.</summary>
    public StoreStats Store { get; init; } = StoreStats.Zero;

    /// <summary>Warnings of the stores by OSD: code and text.</summary>
    public ValueMap<OsdId, ValueMap<string, string>> Alerts { get; init; } = ValueMap<OsdId, ValueMap<string, string>>.Empty;

    /// <summary>Shards that were repaired.</summary>
    public ulong ShardsRepaired { get; init; }

    /// <summary>OSDs in the sum; 0 from old ones means 1.</summary>
    public uint OsdCount { get; init; }

    /// <summary>OSDs that know what each pool takes.</summary>
    public int PerPoolStatsCount { get; init; }

    /// <summary>OSDs that know what each pool's omap takes.</summary>
    public int PerPoolOmapCount { get; init; }

    /// <summary>Heartbeat times to others.</summary>
    public ValueList<OsdPingTimes> PingTimes { get; init; } = [];

    /// <inheritdoc/>
    public static OsdStats Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("osd_stat_t", Newest, out byte version);
        if (version < 10)
        {
            throw body.Error($"osd_stat_t version {version} is older than Nautilus's");
        }

        var stats = new OsdStats
        {
            Kilobytes = body.ReadI64(),
            KilobytesUsed = body.ReadI64(),
            KilobytesAvailable = body.ReadI64(),
            SnapTrimQueueLength = body.ReadI32(),
            SnapTrimming = body.ReadI32(),
            HeartbeatPeers = body.ReadOsdList(),
        };
        // Peers in the other direction, which nobody fills in any more.
        _ = body.ReadOsdList();
        WireReader histogram = body.ReadStruct("pow2_hist_t", 1, out _);
        (byte latencyVersion, ulong commit, ulong apply) = ReadLatencies(ref body);
        stats = stats with
        {
            OpAgeHistogram = histogram.ReadI32List(),
            LatencyVersion = latencyVersion,
            CommitLatency = commit,
            ApplyLatency = apply,
            UpFrom = new Epoch(body.ReadU32()),
            Sequence = body.ReadU64(),
            PgCount = body.ReadU32(),
            KilobytesUsedData = body.ReadI64(),
            KilobytesUsedOmap = body.ReadI64(),
            KilobytesUsedMetadata = body.ReadI64(),
            Store = StoreStats.Read(ref body),
            Alerts = body.ReadOsdMap(static (ref WireReader r) => r.ReadTextMap(), 4),
        };
        return version < 11 ? stats : ReadSinceOctopus(ref body, stats, version);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(Newest, 2);
        writer.WriteI64(Kilobytes);
        writer.WriteI64(KilobytesUsed);
        writer.WriteI64(KilobytesAvailable);
        writer.WriteI32(SnapTrimQueueLength);
        writer.WriteI32(SnapTrimming);
        writer.WriteOsdList(HeartbeatPeers);
        writer.WriteU32(0);
        int histogram = writer.BeginStruct(1, 1);
        writer.WriteI32List(OpAgeHistogram);
        writer.EndStruct(histogram);
        WriteLatencies(writer);
        writer.WriteU32(UpFrom.Value);
        writer.WriteU64(Sequence);
        writer.WriteU32(PgCount);
        writer.WriteI64(KilobytesUsedData);
        writer.WriteI64(KilobytesUsedOmap);
        writer.WriteI64(KilobytesUsedMetadata);
        Store.Write(writer);
        writer.WriteOsdMap(Alerts, static (w, v) => w.WriteTextMap(v));
        writer.WriteU64(ShardsRepaired);
        writer.WriteU32(OsdCount);
        writer.WriteI32(PerPoolStatsCount);
        writer.WriteI32(PerPoolOmapCount);
        writer.WriteList(PingTimes);
        writer.EndStruct(mark);
    }

    /// <summary>objectstore_perf_stat_t: VER(1,1) has milliseconds in u32, VER(2,2) nanoseconds in u64.</summary>
    private static (byte Version, ulong Commit, ulong Apply) ReadLatencies(ref WireReader body)
    {
        WireReader latencies = body.ReadStruct("objectstore_perf_stat_t", 2, out byte version);
        return version >= 2
            ? (version, latencies.ReadU64(), latencies.ReadU64())
            : (version, latencies.ReadU32() * NanosecondsPerMillisecond, latencies.ReadU32() * NanosecondsPerMillisecond);
    }

    private void WriteLatencies(WireWriter writer)
    {
        int mark = writer.BeginStruct(LatencyVersion, LatencyVersion);
        if (LatencyVersion >= 2)
        {
            writer.WriteU64(CommitLatency);
            writer.WriteU64(ApplyLatency);
        }
        else
        {
            writer.WriteU32((uint)(CommitLatency / NanosecondsPerMillisecond));
            writer.WriteU32((uint)(ApplyLatency / NanosecondsPerMillisecond));
        }

        writer.EndStruct(mark);
    }

    private static OsdStats ReadSinceOctopus(ref WireReader body, OsdStats stats, byte version)
    {
        ulong repaired = body.ReadU64();
        return stats with
        {
            ShardsRepaired = repaired,
            OsdCount = version >= 12 ? body.ReadU32() : 0,
            PerPoolStatsCount = version >= 12 ? body.ReadI32() : 0,
            PerPoolOmapCount = version >= 13 ? body.ReadI32() : 0,
            PingTimes = version >= 14 ? body.ReadValues<OsdPingTimes>(88) : [],
        };
    }
}
