namespace Kalmar.Rados.Maps;

/// <summary>Flags of the whole cluster, with Ceph's bits.</summary>
[Flags]
public enum OsdMapFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Some OSD is nearly full (before Luminous).</summary>
    NearFull = 1 << 0,

    /// <summary>Some OSD is full (before Luminous).</summary>
    Full = 1 << 1,

    /// <summary>Reads are paused.</summary>
    PauseRead = 1 << 2,

    /// <summary>Writes are paused.</summary>
    PauseWrite = 1 << 3,

    /// <summary>Recovery is paused (old).</summary>
    PauseRecovery = 1 << 4,

    /// <summary>No OSD is marked up.</summary>
    NoUp = 1 << 5,

    /// <summary>No OSD is marked down.</summary>
    NoDown = 1 << 6,

    /// <summary>No OSD is marked out by itself.</summary>
    NoOut = 1 << 7,

    /// <summary>No OSD is marked in by itself.</summary>
    NoIn = 1 << 8,

    /// <summary>No backfill.</summary>
    NoBackfill = 1 << 9,

    /// <summary>No recovery.</summary>
    NoRecover = 1 << 10,

    /// <summary>No scrub.</summary>
    NoScrub = 1 << 11,

    /// <summary>No deep scrub.</summary>
    NoDeepScrub = 1 << 12,

    /// <summary>The cache tier agent rests.</summary>
    NoTierAgent = 1 << 13,

    /// <summary>No rebalancing.</summary>
    NoRebalance = 1 << 14,

    /// <summary>Objects sort bitwise.</summary>
    SortBitwise = 1 << 15,

    /// <summary>OSDs must be Jewel or newer.</summary>
    RequireJewel = 1 << 16,

    /// <summary>OSDs must be Kraken or newer.</summary>
    RequireKraken = 1 << 17,

    /// <summary>OSDs must be Luminous or newer.</summary>
    RequireLuminous = 1 << 18,

    /// <summary>Deletes are done during recovery.</summary>
    RecoveryDeletes = 1 << 19,

    /// <summary>Snapshot directories are gone.</summary>
    PurgedSnapDirs = 1 << 20,

    /// <summary>No snapshot is trimmed.</summary>
    NoSnapTrim = 1 << 21,

    /// <summary>PG logs have a hard limit.</summary>
    PgLogHardLimit = 1 << 22,

    /// <summary>No PG autoscaling.</summary>
    NoAutoscale = 1 << 23,
}
