namespace Kalmar.Rados.Maps;

/// <summary>The states of a placement group, with Ceph's bits. None at all is "unknown".</summary>
[Flags]
public enum PgState : ulong
{
    /// <summary>Nothing was heard of it.</summary>
    Unknown = 0,

    /// <summary>It is being made.</summary>
    Creating = 1UL << 0,

    /// <summary>It serves.</summary>
    Active = 1UL << 1,

    /// <summary>All copies are there.</summary>
    Clean = 1UL << 2,

    /// <summary>A copy that is needed is down.</summary>
    Down = 1UL << 4,

    /// <summary>Recovery waits for objects that are not found.</summary>
    RecoveryUnfound = 1UL << 5,

    /// <summary>Backfill waits for objects that are not found.</summary>
    BackfillUnfound = 1UL << 6,

    /// <summary>It gets ready to be merged.</summary>
    PreMerge = 1UL << 7,

    /// <summary>It is scrubbed.</summary>
    Scrubbing = 1UL << 8,

    /// <summary>Objects lack copies.</summary>
    Degraded = 1UL << 10,

    /// <summary>A scrub found differences.</summary>
    Inconsistent = 1UL << 11,

    /// <summary>Its OSDs agree on what there is.</summary>
    Peering = 1UL << 12,

    /// <summary>It is repaired.</summary>
    Repair = 1UL << 13,

    /// <summary>It recovers objects.</summary>
    Recovering = 1UL << 14,

    /// <summary>It waits for its turn to be backfilled.</summary>
    BackfillWait = 1UL << 15,

    /// <summary>What there is is not enough to be sure.</summary>
    Incomplete = 1UL << 16,

    /// <summary>Its primary has not reported for long.</summary>
    Stale = 1UL << 17,

    /// <summary>It is served from elsewhere than where it belongs.</summary>
    Remapped = 1UL << 18,

    /// <summary>The scrub reads everything.</summary>
    Deep = 1UL << 19,

    /// <summary>It copies all objects to a new OSD.</summary>
    Backfilling = 1UL << 20,

    /// <summary>Backfill waits since an OSD is too full.</summary>
    BackfillTooFull = 1UL << 21,

    /// <summary>It waits for its turn to recover.</summary>
    RecoveryWait = 1UL << 22,

    /// <summary>It has fewer copies than the pool wants.</summary>
    Undersized = 1UL << 23,

    /// <summary>It peered and starts.</summary>
    Activating = 1UL << 24,

    /// <summary>It peered and may not serve.</summary>
    Peered = 1UL << 25,

    /// <summary>It trims snapshots.</summary>
    SnapTrim = 1UL << 26,

    /// <summary>It waits for its turn to trim snapshots.</summary>
    SnapTrimWait = 1UL << 27,

    /// <summary>Recovery waits since an OSD is too full.</summary>
    RecoveryTooFull = 1UL << 28,

    /// <summary>Trimming snapshots failed.</summary>
    SnapTrimError = 1UL << 29,

    /// <summary>Somebody asked to recover it first.</summary>
    ForcedRecovery = 1UL << 30,

    /// <summary>Somebody asked to backfill it first.</summary>
    ForcedBackfill = 1UL << 31,

    /// <summary>A repair failed.</summary>
    FailedRepair = 1UL << 32,

    /// <summary>A replica does not renew leases in time.</summary>
    Laggy = 1UL << 33,

    /// <summary>It waits for old leases to end.</summary>
    Wait = 1UL << 34,
}
