using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// Counts of objects and operations, of a PG, a pool or all of the cluster: Ceph's object_stat_sum_t, VER(20,14). Numbers that are "so far"
/// only grow while the PG lives. Differences between two of them can be negative.
/// </summary>
public sealed record ObjectStats : IWireEncodable<ObjectStats>
{
    private const byte Newest = 20;

    /// <summary>All zero.</summary>
    public static ObjectStats Zero { get; } = new();

    /// <summary>Bytes of user data.</summary>
    public long Bytes { get; init; }

    /// <summary>Objects.</summary>
    public long Objects { get; init; }

    /// <summary>Clones made by snapshots.</summary>
    public long Clones { get; init; }

    /// <summary>Copies or shards that there should be.</summary>
    public long Copies { get; init; }

    /// <summary>Objects that the primary has not.</summary>
    public long MissingOnPrimary { get; init; }

    /// <summary>Copies that are missing.</summary>
    public long Degraded { get; init; }

    /// <summary>Objects of which no copy is found.</summary>
    public long Unfound { get; init; }

    /// <summary>Read operations so far.</summary>
    public long Reads { get; init; }

    /// <summary>KB read so far.</summary>
    public long ReadKilobytes { get; init; }

    /// <summary>Write operations so far.</summary>
    public long Writes { get; init; }

    /// <summary>KB written so far.</summary>
    public long WriteKilobytes { get; init; }

    /// <summary>Inconsistencies found by scrubs.</summary>
    public long ScrubErrors { get; init; }

    /// <summary>Objects recovered so far.</summary>
    public long ObjectsRecovered { get; init; }

    /// <summary>Bytes recovered so far.</summary>
    public long BytesRecovered { get; init; }

    /// <summary>Omap keys recovered so far.</summary>
    public long KeysRecovered { get; init; }

    /// <summary>Inconsistencies found by shallow scrubs.</summary>
    public long ShallowScrubErrors { get; init; }

    /// <summary>Inconsistencies found by deep scrubs.</summary>
    public long DeepScrubErrors { get; init; }

    /// <summary>Objects of a cache that are not flushed.</summary>
    public long Dirty { get; init; }

    /// <summary>Objects of a cache that stand for deleted ones.</summary>
    public long Whiteouts { get; init; }

    /// <summary>Objects with omap.</summary>
    public long OmapObjects { get; init; }

    /// <summary>Archived hit sets.</summary>
    public long HitSetArchive { get; init; }

    /// <summary>Copies that are in the wrong place.</summary>
    public long Misplaced { get; init; }

    /// <summary>Bytes of archived hit sets.</summary>
    public long HitSetArchiveBytes { get; init; }

    /// <summary>Flushes so far.</summary>
    public long Flushes { get; init; }

    /// <summary>KB flushed so far.</summary>
    public long FlushKilobytes { get; init; }

    /// <summary>Evictions so far.</summary>
    public long Evictions { get; init; }

    /// <summary>KB evicted so far.</summary>
    public long EvictKilobytes { get; init; }

    /// <summary>Promotions so far.</summary>
    public long Promotions { get; init; }

    /// <summary>PGs that flush fast.</summary>
    public int FlushModeHigh { get; init; }

    /// <summary>PGs that flush.</summary>
    public int FlushModeLow { get; init; }

    /// <summary>PGs that evict.</summary>
    public int EvictModeSome { get; init; }

    /// <summary>PGs that evict since they are full.</summary>
    public int EvictModeFull { get; init; }

    /// <summary>Objects that stay in the cache.</summary>
    public long Pinned { get; init; }

    /// <summary>Copies that are missing on some OSD.</summary>
    public long Missing { get; init; }

    /// <summary>Objects with snapshots in the old form.</summary>
    public long LegacySnapSets { get; init; }

    /// <summary>Objects with too much omap.</summary>
    public long LargeOmapObjects { get; init; }

    /// <summary>Objects that refer to others.</summary>
    public long Manifests { get; init; }

    /// <summary>Bytes of omap.</summary>
    public long OmapBytes { get; init; }

    /// <summary>Omap keys.</summary>
    public long OmapKeys { get; init; }

    /// <summary>Objects repaired so far.</summary>
    public long Repaired { get; init; }

    /// <inheritdoc/>
    public static ObjectStats Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("object_stat_sum_t", Newest, out byte version);
        if (version < Newest)
        {
            throw body.Error($"object_stat_sum_t version {version} is older than Nautilus's");
        }

        return new ObjectStats
        {
            Bytes = body.ReadI64(),
            Objects = body.ReadI64(),
            Clones = body.ReadI64(),
            Copies = body.ReadI64(),
            MissingOnPrimary = body.ReadI64(),
            Degraded = body.ReadI64(),
            Unfound = body.ReadI64(),
            Reads = body.ReadI64(),
            ReadKilobytes = body.ReadI64(),
            Writes = body.ReadI64(),
            WriteKilobytes = body.ReadI64(),
            ScrubErrors = body.ReadI64(),
            ObjectsRecovered = body.ReadI64(),
            BytesRecovered = body.ReadI64(),
            KeysRecovered = body.ReadI64(),
            ShallowScrubErrors = body.ReadI64(),
            DeepScrubErrors = body.ReadI64(),
            Dirty = body.ReadI64(),
            Whiteouts = body.ReadI64(),
            OmapObjects = body.ReadI64(),
            HitSetArchive = body.ReadI64(),
            Misplaced = body.ReadI64(),
            HitSetArchiveBytes = body.ReadI64(),
            Flushes = body.ReadI64(),
            FlushKilobytes = body.ReadI64(),
            Evictions = body.ReadI64(),
            EvictKilobytes = body.ReadI64(),
            Promotions = body.ReadI64(),
            FlushModeHigh = body.ReadI32(),
            FlushModeLow = body.ReadI32(),
            EvictModeSome = body.ReadI32(),
            EvictModeFull = body.ReadI32(),
            Pinned = body.ReadI64(),
            Missing = body.ReadI64(),
            LegacySnapSets = body.ReadI64(),
            LargeOmapObjects = body.ReadI64(),
            Manifests = body.ReadI64(),
            OmapBytes = body.ReadI64(),
            OmapKeys = body.ReadI64(),
            Repaired = body.ReadI64(),
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(Newest, 14);
        writer.WriteI64(Bytes);
        writer.WriteI64(Objects);
        writer.WriteI64(Clones);
        writer.WriteI64(Copies);
        writer.WriteI64(MissingOnPrimary);
        writer.WriteI64(Degraded);
        writer.WriteI64(Unfound);
        writer.WriteI64(Reads);
        writer.WriteI64(ReadKilobytes);
        writer.WriteI64(Writes);
        writer.WriteI64(WriteKilobytes);
        writer.WriteI64(ScrubErrors);
        writer.WriteI64(ObjectsRecovered);
        writer.WriteI64(BytesRecovered);
        writer.WriteI64(KeysRecovered);
        writer.WriteI64(ShallowScrubErrors);
        writer.WriteI64(DeepScrubErrors);
        writer.WriteI64(Dirty);
        writer.WriteI64(Whiteouts);
        writer.WriteI64(OmapObjects);
        writer.WriteI64(HitSetArchive);
        writer.WriteI64(Misplaced);
        writer.WriteI64(HitSetArchiveBytes);
        writer.WriteI64(Flushes);
        writer.WriteI64(FlushKilobytes);
        writer.WriteI64(Evictions);
        writer.WriteI64(EvictKilobytes);
        writer.WriteI64(Promotions);
        writer.WriteI32(FlushModeHigh);
        writer.WriteI32(FlushModeLow);
        writer.WriteI32(EvictModeSome);
        writer.WriteI32(EvictModeFull);
        writer.WriteI64(Pinned);
        writer.WriteI64(Missing);
        writer.WriteI64(LegacySnapSets);
        writer.WriteI64(LargeOmapObjects);
        writer.WriteI64(Manifests);
        writer.WriteI64(OmapBytes);
        writer.WriteI64(OmapKeys);
        writer.WriteI64(Repaired);
        writer.EndStruct(mark);
    }

    /// <summary>The sum of both, field by field.</summary>
    /// <param name="other">What to add.</param>
    public ObjectStats Add(ObjectStats other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ObjectStats
        {
            Bytes = Bytes + other.Bytes,
            Objects = Objects + other.Objects,
            Clones = Clones + other.Clones,
            Copies = Copies + other.Copies,
            MissingOnPrimary = MissingOnPrimary + other.MissingOnPrimary,
            Degraded = Degraded + other.Degraded,
            Unfound = Unfound + other.Unfound,
            Reads = Reads + other.Reads,
            ReadKilobytes = ReadKilobytes + other.ReadKilobytes,
            Writes = Writes + other.Writes,
            WriteKilobytes = WriteKilobytes + other.WriteKilobytes,
            ScrubErrors = ScrubErrors + other.ScrubErrors,
            ObjectsRecovered = ObjectsRecovered + other.ObjectsRecovered,
            BytesRecovered = BytesRecovered + other.BytesRecovered,
            KeysRecovered = KeysRecovered + other.KeysRecovered,
            ShallowScrubErrors = ShallowScrubErrors + other.ShallowScrubErrors,
            DeepScrubErrors = DeepScrubErrors + other.DeepScrubErrors,
            Dirty = Dirty + other.Dirty,
            Whiteouts = Whiteouts + other.Whiteouts,
            OmapObjects = OmapObjects + other.OmapObjects,
            HitSetArchive = HitSetArchive + other.HitSetArchive,
            Misplaced = Misplaced + other.Misplaced,
            HitSetArchiveBytes = HitSetArchiveBytes + other.HitSetArchiveBytes,
            Flushes = Flushes + other.Flushes,
            FlushKilobytes = FlushKilobytes + other.FlushKilobytes,
            Evictions = Evictions + other.Evictions,
            EvictKilobytes = EvictKilobytes + other.EvictKilobytes,
            Promotions = Promotions + other.Promotions,
            FlushModeHigh = FlushModeHigh + other.FlushModeHigh,
            FlushModeLow = FlushModeLow + other.FlushModeLow,
            EvictModeSome = EvictModeSome + other.EvictModeSome,
            EvictModeFull = EvictModeFull + other.EvictModeFull,
            Pinned = Pinned + other.Pinned,
            Missing = Missing + other.Missing,
            LegacySnapSets = LegacySnapSets + other.LegacySnapSets,
            LargeOmapObjects = LargeOmapObjects + other.LargeOmapObjects,
            Manifests = Manifests + other.Manifests,
            OmapBytes = OmapBytes + other.OmapBytes,
            OmapKeys = OmapKeys + other.OmapKeys,
            Repaired = Repaired + other.Repaired,
        };
    }
}
