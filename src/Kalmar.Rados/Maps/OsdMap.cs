using Kalmar.Rados.Crush;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// OSDs, pools and where placement groups go, at one epoch: Ceph's OSDMap. Immutable. What is kept for each OSD stands in lists of
/// <see cref="MaxOsd"/> entries; <see cref="Osds"/> shows them one by one. Writing a map gives the bytes it was read from.
/// </summary>
public sealed partial record OsdMap : IWireEncodable<OsdMap>
{
    /// <summary>A weight or affinity of 1.0.</summary>
    public const uint FullWeight = 0x10000;

    /// <summary>A map of nothing at epoch 0, which the first incremental applies to.</summary>
    public static OsdMap Empty { get; } = new();

    /// <summary>The cluster.</summary>
    public Guid Fsid { get; init; }

    /// <summary>The map's version.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>When the cluster was made.</summary>
    public Utime Created { get; init; }

    /// <summary>When this version was made.</summary>
    public Utime Modified { get; init; }

    /// <summary>Pools by number.</summary>
    public ValueMap<PoolId, Pool> Pools { get; init; } = ValueMap<PoolId, Pool>.Empty;

    /// <summary>Names of pools by number.</summary>
    public ValueMap<PoolId, string> PoolNames { get; init; } = ValueMap<PoolId, string>.Empty;

    /// <summary>The highest number that a pool has or had.</summary>
    public int PoolMax { get; init; }

    /// <summary>Flags of the whole cluster.</summary>
    public OsdMapFlags Flags { get; init; }

    /// <summary>One more than the highest OSD number.</summary>
    public int MaxOsd { get; init; }

    /// <summary>The state of each OSD.</summary>
    public ValueList<OsdState> States { get; init; } = [];

    /// <summary>How much of its share each OSD takes: 0x10000 is in, 0 is out.</summary>
    public ValueList<uint> Weights { get; init; } = [];

    /// <summary>Where clients and managers reach each OSD.</summary>
    public ValueList<EntityAddressVector> ClientAddresses { get; init; } = [];

    /// <summary>Where OSDs reach each OSD.</summary>
    public ValueList<EntityAddressVector> ClusterAddresses { get; init; } = [];

    /// <summary>Where each OSD answers heartbeats on the cluster network.</summary>
    public ValueList<EntityAddressVector> HeartbeatBackAddresses { get; init; } = [];

    /// <summary>Where each OSD answers heartbeats on the public network.</summary>
    public ValueList<EntityAddressVector> HeartbeatFrontAddresses { get; init; } = [];

    /// <summary>Epochs at which each OSD came and went.</summary>
    public ValueList<OsdInfo> Infos { get; init; } = [];

    /// <summary>More about each OSD.</summary>
    public ValueList<OsdExtraInfo> ExtraInfos { get; init; } = [];

    /// <summary>The uuid of each OSD's data.</summary>
    public ValueList<Guid> Uuids { get; init; } = [];

    /// <summary>How willing each OSD is to lead, 0x10000 is 1.0. Empty while all are at 1.0.</summary>
    public ValueList<uint> PrimaryAffinities { get; init; } = [];

    /// <summary>Acting sets that stand in for the up set while data moves.</summary>
    public ValueMap<PgId, ValueList<OsdId>> PgTemp { get; init; } = ValueMap<PgId, ValueList<OsdId>>.Empty;

    /// <summary>Leaders that stand in for the computed ones.</summary>
    public ValueMap<PgId, OsdId> PrimaryTemp { get; init; } = ValueMap<PgId, OsdId>.Empty;

    /// <summary>The hierarchy and the rules.</summary>
    public CrushMap Crush { get; init; } = CrushMap.Empty;

    /// <summary>How often the CRUSH map was changed.</summary>
    public int CrushVersion { get; init; } = 1;

    /// <summary>Erasure-code profiles by name.</summary>
    public ValueMap<string, ValueMap<string, string>> ErasureCodeProfiles { get; init; } = ValueMap<string, ValueMap<string, string>>.Empty;

    /// <summary>Up sets that replace CRUSH's.</summary>
    public ValueMap<PgId, ValueList<OsdId>> PgUpmap { get; init; } = ValueMap<PgId, ValueList<OsdId>>.Empty;

    /// <summary>Single OSDs that replace others in CRUSH's up sets.</summary>
    public ValueMap<PgId, ValueList<PgUpmapItem>> PgUpmapItems { get; init; } = ValueMap<PgId, ValueList<PgUpmapItem>>.Empty;

    /// <summary>Leaders that replace computed ones (Reef).</summary>
    public ValueMap<PgId, OsdId> PgUpmapPrimaries { get; init; } = ValueMap<PgId, OsdId>.Empty;

    /// <summary>Snapshots that were removed in this epoch.</summary>
    public ValueMap<PoolId, ValueList<SnapInterval>> NewRemovedSnaps { get; init; } = ValueMap<PoolId, ValueList<SnapInterval>>.Empty;

    /// <summary>Snapshots that were trimmed to the end in this epoch.</summary>
    public ValueMap<PoolId, ValueList<SnapInterval>> NewPurgedSnaps { get; init; } = ValueMap<PoolId, ValueList<SnapInterval>>.Empty;

    /// <summary>Snapshots that are removed and not trimmed to the end yet.</summary>
    public ValueMap<PoolId, ValueList<SnapInterval>> RemovedSnapsQueue { get; init; } = ValueMap<PoolId, ValueList<SnapInterval>>.Empty;

    /// <summary>When an OSD last went up or down.</summary>
    public Utime LastUpChange { get; init; }

    /// <summary>When an OSD last went in or out.</summary>
    public Utime LastInChange { get; init; }

    /// <summary>Clients that are shut out, and until when.</summary>
    public ValueMap<EntityAddress, Utime> Blocklist { get; init; } = ValueMap<EntityAddress, Utime>.Empty;

    /// <summary>Networks that are shut out, and until when (Quincy).</summary>
    public ValueMap<EntityAddress, Utime> RangeBlocklist { get; init; } = ValueMap<EntityAddress, Utime>.Empty;

    /// <summary>The epoch of a snapshot of the whole cluster (old).</summary>
    public Epoch ClusterSnapshotEpoch { get; init; }

    /// <summary>The name of a snapshot of the whole cluster (old).</summary>
    public string ClusterSnapshot { get; init; } = "";

    /// <summary>Part of its room at which an OSD counts as nearly full (0.85).</summary>
    public float NearFullRatio { get; init; }

    /// <summary>Part of its room at which an OSD counts as full (0.95).</summary>
    public float FullRatio { get; init; }

    /// <summary>Part of its room at which an OSD takes no more backfill (0.90).</summary>
    public float BackfillFullRatio { get; init; }

    /// <summary>The oldest clients that may connect.</summary>
    public CephRelease RequireMinCompatClient { get; init; }

    /// <summary>The oldest OSDs that may run.</summary>
    public CephRelease RequireOsdRelease { get; init; }

    /// <summary>Flags (noout, noin, …) of CRUSH nodes by id.</summary>
    public ValueMap<int, OsdState> CrushNodeFlags { get; init; } = ValueMap<int, OsdState>.Empty;

    /// <summary>Flags (noout, noin, …) of device classes by number.</summary>
    public ValueMap<int, OsdState> DeviceClassFlags { get; init; } = ValueMap<int, OsdState>.Empty;

    /// <summary>The state of a cluster stretched over two sites.</summary>
    public StretchMode StretchMode { get; init; }

    /// <summary>Whether Crimson OSDs may join.</summary>
    public bool AllowCrimson { get; init; }

    /// <summary>The version in which the clients' part is written; what was read keeps its own, since the checksum depends on it.</summary>
    public byte ClientVersion { get; init; } = 9;

    /// <summary>The version in which the OSDs' part is written.</summary>
    public byte OsdVersion { get; init; } = 9;

    /// <summary>All OSDs that exist, by number.</summary>
    public IEnumerable<OsdEntry> Osds => Enumerable.Range(0, MaxOsd).Select(i => new OsdEntry(this, new OsdId(i))).Where(o => o.Exists);

    /// <summary>How many OSDs exist.</summary>
    public int OsdCount => Count(OsdState.Exists);

    /// <summary>How many OSDs are up.</summary>
    public int UpCount => Count(OsdState.Exists | OsdState.Up);

    /// <summary>How many OSDs are in: they exist and their weight is not 0.</summary>
    public int InCount
    {
        get
        {
            int count = 0;
            for (int i = 0; i < MaxOsd; i++)
            {
                count += States[i].HasFlag(OsdState.Exists) && Weights[i] != 0 ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>One OSD, or null when there is none of that number.</summary>
    /// <param name="osd">Its number.</param>
    public OsdEntry? Find(OsdId osd) => Exists(osd) ? new OsdEntry(this, osd) : null;

    /// <summary>True when there is an OSD of that number.</summary>
    /// <param name="osd">Its number.</param>
    public bool Exists(OsdId osd) => (uint)osd.Value < (uint)MaxOsd && States[osd.Value].HasFlag(OsdState.Exists);

    /// <summary>True when the OSD exists and is up.</summary>
    /// <param name="osd">Its number.</param>
    public bool IsUp(OsdId osd) => Exists(osd) && States[osd.Value].HasFlag(OsdState.Up);

    /// <summary>True when the OSD exists and its weight is not 0.</summary>
    /// <param name="osd">Its number.</param>
    public bool IsIn(OsdId osd) => Exists(osd) && Weights[osd.Value] != 0;

    /// <summary>The number of the pool with this name, or null.</summary>
    /// <param name="name">The pool's name.</param>
    public PoolId? FindPool(string name)
    {
        int index = PoolNames.ValueSpan.IndexOf(name);
        return index < 0 ? null : PoolNames.KeySpan[index];
    }

    private int Count(OsdState state)
    {
        int count = 0;
        foreach (OsdState s in States.AsSpan())
        {
            count += (s & state) == state ? 1 : 0;
        }

        return count;
    }
}
