using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>What a PG's primary reports about it: Ceph's pg_stat_t, VER(26,22) in Pacific, 29 in Reef, 30 in Tentacle.</summary>
public sealed partial record PgStats : IWireEncodable<PgStats>
{
    /// <summary>The version in which it is written; what was read keeps its own.</summary>
    public byte EncodingVersion { get; init; } = 26;

    /// <summary>The last update.</summary>
    public EVersion Version { get; init; }

    /// <summary>Grows with each report; of two reports the one with the newer (epoch, sequence) counts.</summary>
    public ulong ReportedSequence { get; init; }

    /// <summary>The epoch of the report.</summary>
    public Epoch ReportedEpoch { get; init; }

    /// <summary>The states.</summary>
    public PgState State { get; init; }

    /// <summary>Where the log starts.</summary>
    public EVersion LogStart { get; init; }

    /// <summary>Where the log on disk starts.</summary>
    public EVersion OnDiskLogStart { get; init; }

    /// <summary>The epoch in which it was made.</summary>
    public Epoch Created { get; init; }

    /// <summary>The last epoch in which it was clean.</summary>
    public Epoch LastEpochClean { get; init; }

    /// <summary>The PG that it was split from.</summary>
    public PgId Parent { get; init; }

    /// <summary>By how many bits it was split.</summary>
    public uint ParentSplitBits { get; init; }

    /// <summary>The update up to which it was last scrubbed.</summary>
    public EVersion LastScrub { get; init; }

    /// <summary>When it was last scrubbed.</summary>
    public Utime LastScrubStamp { get; init; }

    /// <summary>The update up to which it was last deep-scrubbed.</summary>
    public EVersion LastDeepScrub { get; init; }

    /// <summary>When it was last deep-scrubbed.</summary>
    public Utime LastDeepScrubStamp { get; init; }

    /// <summary>When it was last scrubbed without errors.</summary>
    public Utime LastCleanScrubStamp { get; init; }

    /// <summary>Counts of objects and operations.</summary>
    public ObjectStats Objects { get; init; } = ObjectStats.Zero;

    /// <summary>Entries of the log.</summary>
    public long LogSize { get; init; }

    /// <summary>Entries of the log on disk.</summary>
    public long OnDiskLogSize { get; init; }

    /// <summary>Whom CRUSH and its exceptions choose.</summary>
    public ValueList<OsdId> Up { get; init; } = [];

    /// <summary>Who serves.</summary>
    public ValueList<OsdId> Acting { get; init; } = [];

    /// <summary>The first of the up set.</summary>
    public OsdId UpPrimary { get; init; }

    /// <summary>Who leads.</summary>
    public OsdId ActingPrimary { get; init; }

    /// <summary>When it was last reported.</summary>
    public Utime LastFresh { get; init; }

    /// <summary>When its state last changed.</summary>
    public Utime LastChange { get; init; }

    /// <summary>When it was last active.</summary>
    public Utime LastActive { get; init; }

    /// <summary>When it was last clean.</summary>
    public Utime LastClean { get; init; }

    /// <summary>When it was last not stale.</summary>
    public Utime LastUnstale { get; init; }

    /// <summary>When it was last not degraded.</summary>
    public Utime LastUndegraded { get; init; }

    /// <summary>When it last had all its copies.</summary>
    public Utime LastFullSized { get; init; }

    /// <summary>When it was last peered.</summary>
    public Utime LastPeered { get; init; }

    /// <summary>When it last became active.</summary>
    public Utime LastBecameActive { get; init; }

    /// <summary>When it last became peered.</summary>
    public Utime LastBecamePeered { get; init; }

    /// <summary>The epoch since which it is where it is.</summary>
    public Epoch MappingEpoch { get; init; }

    /// <summary>Which of its counts are not to be relied on.</summary>
    public PgInvalidStats Invalid { get; init; }

    /// <summary>OSDs that it waits for.</summary>
    public ValueList<OsdId> BlockedBy { get; init; } = [];

    /// <summary>Snapshots that wait to be trimmed.</summary>
    public uint SnapTrimQueueLength { get; init; }

    /// <summary>Snapshots that are trimmed to the end since the last report.</summary>
    public ValueList<SnapInterval> PurgedSnaps { get; init; } = [];

    /// <summary>Shards that lack no object.</summary>
    public ValueList<PgShard> AvailableNoMissing { get; init; } = [];

    /// <summary>Objects by where they are, while some are misplaced.</summary>
    public ValueList<PgLocationCount> ObjectLocations { get; init; } = [];

    /// <summary>Seconds that the last scrub took (Quincy).</summary>
    public int LastScrubDuration { get; init; }

    /// <summary>The next scrub (Quincy).</summary>
    public PgScrubSchedule ScrubSchedule { get; init; } = PgScrubSchedule.None;

    /// <summary>Objects that the last scrub looked at (Quincy).</summary>
    public long ObjectsScrubbed { get; init; }

    /// <summary>Seconds that the last scrub took, with a fraction (Reef).</summary>
    public double ScrubDuration { get; init; }

    /// <summary>Objects trimmed by the last snapshot trim (Reef).</summary>
    public long ObjectsTrimmed { get; init; }

    /// <summary>Seconds that the last snapshot trim took (Reef).</summary>
    public double SnapTrimDuration { get; init; }

    /// <summary>Entries of the log that only serve to recognise repeated requests (Reef).</summary>
    public long LogDuplicatesSize { get; init; }

    /// <summary>What releases after Reef add, as it came.</summary>
    public ValueList<byte> NewerFields { get; init; } = [];
}
