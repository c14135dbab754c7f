using Kalmar.Rados.Crush;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// What changed from one version of the OSD map to the next: Ceph's OSDMap::Incremental. <see cref="OsdMap.Apply"/> makes the next map.
/// </summary>
public sealed partial record OsdMapIncremental : IWireEncodable<OsdMapIncremental>
{
    /// <summary>The cluster.</summary>
    public Guid Fsid { get; init; }

    /// <summary>The version that it makes.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>When that version was made.</summary>
    public Utime Modified { get; init; }

    /// <summary>The highest pool number from now on, or -1.</summary>
    public long NewPoolMax { get; init; } = -1;

    /// <summary>All flags from now on, or null.</summary>
    public OsdMapFlags? NewFlags { get; init; }

    /// <summary>The whole new map, or null. When it is there, nothing else counts.</summary>
    public OsdMap? FullMap { get; init; }

    /// <summary>The whole new CRUSH map, or null.</summary>
    public CrushMap? NewCrush { get; init; }

    /// <summary>The number of OSD slots from now on, or -1.</summary>
    public int NewMaxOsd { get; init; } = -1;

    /// <summary>Pools that are new or changed.</summary>
    public ValueMap<PoolId, Pool> NewPools { get; init; } = ValueMap<PoolId, Pool>.Empty;

    /// <summary>Pools with a new name.</summary>
    public ValueMap<PoolId, string> NewPoolNames { get; init; } = ValueMap<PoolId, string>.Empty;

    /// <summary>Pools that are gone.</summary>
    public ValueList<PoolId> OldPools { get; init; } = [];

    /// <summary>OSDs that came up, with the addresses for clients.</summary>
    public ValueMap<OsdId, EntityAddressVector> NewUpClient { get; init; } = ValueMap<OsdId, EntityAddressVector>.Empty;

    /// <summary>OSDs that came up, with the addresses for OSDs.</summary>
    public ValueMap<OsdId, EntityAddressVector> NewUpCluster { get; init; } = ValueMap<OsdId, EntityAddressVector>.Empty;

    /// <summary>OSDs that came up, with the addresses for heartbeats on the cluster network.</summary>
    public ValueMap<OsdId, EntityAddressVector> NewHeartbeatBackUp { get; init; } = ValueMap<OsdId, EntityAddressVector>.Empty;

    /// <summary>OSDs that came up, with the addresses for heartbeats on the public network.</summary>
    public ValueMap<OsdId, EntityAddressVector> NewHeartbeatFrontUp { get; init; } = ValueMap<OsdId, EntityAddressVector>.Empty;

    /// <summary>State bits that flip; none at all means <see cref="OsdState.Up"/>, and Exists on one that exists wipes it.</summary>
    public ValueMap<OsdId, OsdState> NewState { get; init; } = ValueMap<OsdId, OsdState>.Empty;

    /// <summary>New weights, 0x10000 is in and 0 is out.</summary>
    public ValueMap<OsdId, uint> NewWeight { get; init; } = ValueMap<OsdId, uint>.Empty;

    /// <summary>New acting sets; an empty one ends the exception.</summary>
    public ValueMap<PgId, ValueList<OsdId>> NewPgTemp { get; init; } = ValueMap<PgId, ValueList<OsdId>>.Empty;

    /// <summary>New leaders; -1 ends the exception.</summary>
    public ValueMap<PgId, OsdId> NewPrimaryTemp { get; init; } = ValueMap<PgId, OsdId>.Empty;

    /// <summary>New affinities, 0x10000 is 1.0.</summary>
    public ValueMap<OsdId, uint> NewPrimaryAffinity { get; init; } = ValueMap<OsdId, uint>.Empty;

    /// <summary>Erasure-code profiles that are new or changed.</summary>
    public ValueMap<string, ValueMap<string, string>> NewErasureCodeProfiles { get; init; } =
        ValueMap<string, ValueMap<string, string>>.Empty;

    /// <summary>Erasure-code profiles that are gone.</summary>
    public ValueList<string> OldErasureCodeProfiles { get; init; } = [];

    /// <summary>New up sets.</summary>
    public ValueMap<PgId, ValueList<OsdId>> NewPgUpmap { get; init; } = ValueMap<PgId, ValueList<OsdId>>.Empty;

    /// <summary>PGs whose up set is computed again.</summary>
    public ValueList<PgId> OldPgUpmap { get; init; } = [];

    /// <summary>New replacements in up sets.</summary>
    public ValueMap<PgId, ValueList<PgUpmapItem>> NewPgUpmapItems { get; init; } = ValueMap<PgId, ValueList<PgUpmapItem>>.Empty;

    /// <summary>PGs without replacements from now on.</summary>
    public ValueList<PgId> OldPgUpmapItems { get; init; } = [];

    /// <summary>New leaders (Reef).</summary>
    public ValueMap<PgId, OsdId> NewPgUpmapPrimaries { get; init; } = ValueMap<PgId, OsdId>.Empty;

    /// <summary>PGs whose leader is computed again (Reef).</summary>
    public ValueList<PgId> OldPgUpmapPrimaries { get; init; } = [];

    /// <summary>Snapshots that were removed.</summary>
    public ValueMap<PoolId, ValueList<SnapInterval>> NewRemovedSnaps { get; init; } = ValueMap<PoolId, ValueList<SnapInterval>>.Empty;

    /// <summary>Snapshots that are trimmed to the end.</summary>
    public ValueMap<PoolId, ValueList<SnapInterval>> NewPurgedSnaps { get; init; } = ValueMap<PoolId, ValueList<SnapInterval>>.Empty;

    /// <summary>When an OSD went up or down, or zero.</summary>
    public Utime NewLastUpChange { get; init; }

    /// <summary>When an OSD went in or out, or zero.</summary>
    public Utime NewLastInChange { get; init; }

    /// <summary>Epochs through which OSDs are known to be up.</summary>
    public ValueMap<OsdId, Epoch> NewUpThrough { get; init; } = ValueMap<OsdId, Epoch>.Empty;

    /// <summary>Intervals that ended with a clean stop.</summary>
    public ValueMap<OsdId, EpochRange> NewLastCleanInterval { get; init; } = ValueMap<OsdId, EpochRange>.Empty;

    /// <summary>OSDs that were declared lost, and at which epoch.</summary>
    public ValueMap<OsdId, Epoch> NewLost { get; init; } = ValueMap<OsdId, Epoch>.Empty;

    /// <summary>Clients that are shut out.</summary>
    public ValueMap<EntityAddress, Utime> NewBlocklist { get; init; } = ValueMap<EntityAddress, Utime>.Empty;

    /// <summary>Clients that are let in again.</summary>
    public ValueList<EntityAddress> OldBlocklist { get; init; } = [];

    /// <summary>Networks that are shut out (Quincy).</summary>
    public ValueMap<EntityAddress, Utime> NewRangeBlocklist { get; init; } = ValueMap<EntityAddress, Utime>.Empty;

    /// <summary>Networks that are let in again (Quincy).</summary>
    public ValueList<EntityAddress> OldRangeBlocklist { get; init; } = [];

    /// <summary>The name of a snapshot of the whole cluster (old).</summary>
    public string ClusterSnapshot { get; init; } = "";

    /// <summary>Uuids of OSDs.</summary>
    public ValueMap<OsdId, Guid> NewUuid { get; init; } = ValueMap<OsdId, Guid>.Empty;

    /// <summary>More about OSDs.</summary>
    public ValueMap<OsdId, OsdExtraInfo> NewExtraInfo { get; init; } = ValueMap<OsdId, OsdExtraInfo>.Empty;

    /// <summary>The protocol features for which the monitors encoded the map that <see cref="FullCrc"/> is of.</summary>
    public ulong EncodeFeatures { get; init; }

    /// <summary>The nearly-full ratio from now on, or below 0.</summary>
    public float NewNearFullRatio { get; init; } = -1;

    /// <summary>The full ratio from now on, or below 0.</summary>
    public float NewFullRatio { get; init; } = -1;

    /// <summary>The backfill-full ratio from now on, or below 0.</summary>
    public float NewBackfillFullRatio { get; init; } = -1;

    /// <summary>The oldest clients from now on, or null.</summary>
    public CephRelease? NewRequireMinCompatClient { get; init; }

    /// <summary>The oldest OSDs from now on, or null.</summary>
    public CephRelease? NewRequireOsdRelease { get; init; }

    /// <summary>Flags of CRUSH nodes; none removes the entry.</summary>
    public ValueMap<int, OsdState> NewCrushNodeFlags { get; init; } = ValueMap<int, OsdState>.Empty;

    /// <summary>Flags of device classes; none removes the entry.</summary>
    public ValueMap<int, OsdState> NewDeviceClassFlags { get; init; } = ValueMap<int, OsdState>.Empty;

    /// <summary>Whether <see cref="NewStretchMode"/> counts.</summary>
    public bool ChangesStretchMode { get; init; }

    /// <summary>The state of stretch mode from now on.</summary>
    public StretchMode NewStretchMode { get; init; }

    /// <summary>Whether Crimson OSDs may join from now on: 0 no change, 1 yes.</summary>
    public byte MutateAllowCrimson { get; init; }

    /// <summary>The checksum of the full map that comes out.</summary>
    public uint FullCrc { get; init; }

    /// <summary>The version in which the clients' part is written; what was read keeps its own.</summary>
    public byte ClientVersion { get; init; } = 8;

    /// <summary>The version in which the OSDs' part is written.</summary>
    public byte OsdVersion { get; init; } = 9;
}
