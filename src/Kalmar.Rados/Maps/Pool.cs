using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A pool as the OSD map has it: Ceph's pg_pool_t. Its name stands in <see cref="OsdMap.PoolNames"/>.</summary>
public sealed partial record Pool : IWireEncodable<Pool>
{
    /// <summary>The version in which it is written; what was read keeps its own, since checksums depend on it.</summary>
    public byte EncodingVersion { get; init; } = 29;

    /// <summary>Replicated or erasure-coded.</summary>
    public PoolType Type { get; init; } = PoolType.Replicated;

    /// <summary>Copies, or shards (k + m).</summary>
    public byte Size { get; init; }

    /// <summary>The least number of copies or shards with which a PG serves.</summary>
    public byte MinSize { get; init; }

    /// <summary>The id of its CRUSH rule.</summary>
    public byte CrushRule { get; init; }

    /// <summary>The hash of object names; 2 is rjenkins, the only one in use.</summary>
    public byte ObjectHash { get; init; } = 2;

    /// <summary>Placement groups now.</summary>
    public uint PgNum { get; init; }

    /// <summary>Placement groups that are placed on their own now.</summary>
    public uint PgpNum { get; init; }

    /// <summary>Placement groups that it is on its way to.</summary>
    public uint PgNumTarget { get; init; }

    /// <summary>The pgp_num that it is on its way to.</summary>
    public uint PgpNumTarget { get; init; }

    /// <summary>pg_num after the merge that is under way.</summary>
    public uint PgNumPending { get; init; }

    /// <summary>The epoch of the last change.</summary>
    public Epoch LastChange { get; init; }

    /// <summary>The newest snapshot id.</summary>
    public ulong SnapSequence { get; init; }

    /// <summary>The epoch of the newest snapshot.</summary>
    public Epoch SnapEpoch { get; init; }

    /// <summary>Snapshots of the whole pool by id.</summary>
    public ValueMap<ulong, PoolSnapshot> Snapshots { get; init; } = ValueMap<ulong, PoolSnapshot>.Empty;

    /// <summary>Snapshots that are gone (before Octopus).</summary>
    public ValueList<SnapInterval> RemovedSnaps { get; init; } = [];

    /// <summary>An owner's number from days of old.</summary>
    public ulong Auid { get; init; }

    /// <summary>Its flags.</summary>
    public PoolFlags Flags { get; init; }

    /// <summary>Seconds that clients may replay for (old).</summary>
    public uint CrashReplayInterval { get; init; }

    /// <summary>Bytes that it may hold; 0 for no limit.</summary>
    public ulong QuotaMaxBytes { get; init; }

    /// <summary>Objects that it may hold; 0 for no limit.</summary>
    public ulong QuotaMaxObjects { get; init; }

    /// <summary>Pools that are caches of this one.</summary>
    public ValueList<ulong> Tiers { get; init; } = [];

    /// <summary>The pool that this one is a cache of, or -1.</summary>
    public PoolId TierOf { get; init; } = new(-1);

    /// <summary>0 none, 1 writeback, 2 forward, 3 readonly, 4 readforward, 5 readproxy, 6 proxy.</summary>
    public byte CacheMode { get; init; }

    /// <summary>The pool that reads go to, or -1.</summary>
    public PoolId ReadTier { get; init; } = new(-1);

    /// <summary>The pool that writes go to, or -1.</summary>
    public PoolId WriteTier { get; init; } = new(-1);

    /// <summary>Properties (old).</summary>
    public ValueMap<string, string> Properties { get; init; } = ValueMap<string, string>.Empty;

    /// <summary>How a cache remembers what was used.</summary>
    public HitSetParameters HitSet { get; init; } = HitSetParameters.None;

    /// <summary>Seconds for each hit set.</summary>
    public uint HitSetPeriod { get; init; }

    /// <summary>How many hit sets are kept.</summary>
    public uint HitSetCount { get; init; }

    /// <summary>Bytes of a stripe of an erasure-coded pool.</summary>
    public uint StripeWidth { get; init; }

    /// <summary>Bytes at which a cache is full; 0 for no limit.</summary>
    public ulong TargetMaxBytes { get; init; }

    /// <summary>Objects at which a cache is full; 0 for no limit.</summary>
    public ulong TargetMaxObjects { get; init; }

    /// <summary>Dirty part at which a cache flushes, in millionths.</summary>
    public uint CacheTargetDirtyRatioMicro { get; init; }

    /// <summary>Full part at which a cache evicts, in millionths.</summary>
    public uint CacheTargetFullRatioMicro { get; init; }

    /// <summary>Seconds before an object is flushed.</summary>
    public uint CacheMinFlushAge { get; init; }

    /// <summary>Seconds before an object is evicted.</summary>
    public uint CacheMinEvictAge { get; init; }

    /// <summary>The name of its erasure-code profile; empty for replicated pools.</summary>
    public string ErasureCodeProfile { get; init; } = "";

    /// <summary>The epoch at which clients older than Luminous must send again.</summary>
    public Epoch LastForceResendPreLuminous { get; init; }

    /// <summary>Hit sets to look into before promoting on a read.</summary>
    public int MinReadRecencyForPromote { get; init; }

    /// <summary>Objects that were expected when it was made.</summary>
    public ulong ExpectedObjects { get; init; }

    /// <summary>Dirty part at which a cache flushes faster, in millionths.</summary>
    public uint CacheTargetDirtyHighRatioMicro { get; init; }

    /// <summary>Hit sets to look into before promoting on a write.</summary>
    public int MinWriteRecencyForPromote { get; init; }

    /// <summary>Hit sets are named by UTC.</summary>
    public bool UseGmtHitSet { get; init; }

    /// <summary>Reads of an erasure-coded pool ask all shards and take the first answers.</summary>
    public bool FastRead { get; init; }

    /// <summary>How fast the grade of hits decays, per cent.</summary>
    public int HitSetGradeDecayRate { get; init; }

    /// <summary>Hit sets to search for a grade.</summary>
    public uint HitSetSearchLastN { get; init; }

    /// <summary>Options by number.</summary>
    public ValueMap<PoolOption, PoolOptionValue> Options { get; init; } = ValueMap<PoolOption, PoolOptionValue>.Empty;

    /// <summary>The version of the options' own structure (2 since Nautilus).</summary>
    public byte OptionsVersion { get; init; } = 2;

    /// <summary>The epoch at which clients older than Nautilus must send again.</summary>
    public Epoch LastForceResendPreNautilus { get; init; }

    /// <summary>For each application (<c>rbd</c>, <c>rgw</c>, <c>cephfs</c>) its keys and values.</summary>
    public ValueMap<string, ValueMap<string, string>> Applications { get; init; } = ValueMap<string, ValueMap<string, string>>.Empty;

    /// <summary>When it was made.</summary>
    public Utime CreateTime { get; init; }

    /// <summary>last_epoch_started of the last merge (Nautilus only).</summary>
    public Epoch PgNumDecLastEpochStarted { get; init; }

    /// <summary>last_epoch_clean of the last merge (Nautilus only).</summary>
    public Epoch PgNumDecLastEpochClean { get; init; }

    /// <summary>The epoch at which clients must send again.</summary>
    public Epoch LastForceResend { get; init; }

    /// <summary>What the autoscaler does with it.</summary>
    public PgAutoscaleMode AutoscaleMode { get; init; } = PgAutoscaleMode.Warn;

    /// <summary>The last merge of two PGs.</summary>
    public PgMergeInfo LastPgMerge { get; init; } = PgMergeInfo.None;

    /// <summary>What its PGs need to peer; null unless the pool is stretched.</summary>
    public PeeringCrush? PeeringCrush { get; init; }

    /// <summary>Shards that never lead, as bits (Tentacle).</summary>
    public UInt128 NonPrimaryShards { get; init; }

    /// <summary>True for a pool of erasure-coded shards.</summary>
    public bool IsErasure => Type == PoolType.Erasure;
}
