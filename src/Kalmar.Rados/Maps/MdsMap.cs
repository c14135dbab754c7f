using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>One file system and its metadata servers: Ceph's MDSMap, VER(5,4) with a second version inside, 16 in Pacific and 19 since Squid.</summary>
public sealed partial record MdsMap : IWireEncodable<MdsMap>
{
    /// <summary>The inner version in which it is written; what was read keeps its own.</summary>
    public ushort EncodingVersion { get; init; } = Newest;

    /// <summary>The map's version.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>Flags: 1 "not joinable", 2 snapshots allowed, 16 multiple snapshots with several ranks, 32 standby-replay allowed.</summary>
    public uint Flags { get; init; }

    /// <summary>The epoch in which a server last failed.</summary>
    public Epoch LastFailure { get; init; }

    /// <summary>The rank that has the root directory.</summary>
    public int Root { get; init; }

    /// <summary>Seconds after which a silent client's capabilities are stale.</summary>
    public uint SessionTimeout { get; init; }

    /// <summary>Seconds after which a silent client is shut out.</summary>
    public uint SessionAutoclose { get; init; }

    /// <summary>The largest file, bytes.</summary>
    public ulong MaxFileSize { get; init; }

    /// <summary>How many ranks are wanted.</summary>
    public int MaxMds { get; init; }

    /// <summary>Servers by global id: those with a rank, and those that follow one's journal.</summary>
    public ValueMap<ulong, MdsInfo> Daemons { get; init; } = ValueMap<ulong, MdsInfo>.Empty;

    /// <summary>Pools for the contents of files.</summary>
    public ValueList<long> DataPools { get; init; } = [];

    /// <summary>A pool for deduplicated contents, which was never used; -1.</summary>
    public long CasPool { get; init; } = -1;

    /// <summary>The on-disk features that servers must know.</summary>
    public MdsCompatibility Compatibility { get; init; } = MdsCompatibility.Empty;

    /// <summary>The pool for directories and inodes.</summary>
    public PoolId MetadataPool { get; init; }

    /// <summary>When the file system was made.</summary>
    public Utime Created { get; init; }

    /// <summary>When this version was made.</summary>
    public Utime Modified { get; init; }

    /// <summary>The rank that has the tables of snapshots.</summary>
    public int TableServer { get; init; }

    /// <summary>Ranks that belong to the file system.</summary>
    public ValueList<int> In { get; init; } = [];

    /// <summary>How often each rank was taken up.</summary>
    public ValueMap<int, int> Incarnations { get; init; } = ValueMap<int, int>.Empty;

    /// <summary>The server of each rank that has one, by global id.</summary>
    public ValueMap<int, ulong> Up { get; init; } = ValueMap<int, ulong>.Empty;

    /// <summary>Ranks that wait for a server.</summary>
    public ValueList<int> Failed { get; init; } = [];

    /// <summary>Ranks that were given back.</summary>
    public ValueList<int> Stopped { get; init; } = [];

    /// <summary>The OSD map's epoch in which the last failed server was shut out.</summary>
    public Epoch LastFailureOsdEpoch { get; init; }

    /// <summary>Features (bits of <see cref="Flags"/>) that were ever allowed.</summary>
    public byte EverAllowedFeatures { get; init; }

    /// <summary>Features (bits of <see cref="Flags"/>) that somebody allowed by a command.</summary>
    public byte ExplicitlyAllowedFeatures { get; init; }

    /// <summary>Whether small files may lie in their inodes.</summary>
    public bool InlineDataEnabled { get; init; }

    /// <summary>Whether the file system is in use.</summary>
    public bool Enabled { get; init; }

    /// <summary>The file system's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Ranks that need repair.</summary>
    public ValueList<int> Damaged { get; init; } = [];

    /// <summary>The object with the program that balances ranks; empty for none.</summary>
    public string Balancer { get; init; } = "";

    /// <summary>How many standbys are wanted; -1 for Ceph's default.</summary>
    public int StandbyCountWanted { get; init; } = -1;

    /// <summary>How many ranks were wanted before the file system was taken down.</summary>
    public int OldMaxMds { get; init; }

    /// <summary>The oldest clients that may connect (superseded by <see cref="RequiredClientFeatures"/>).</summary>
    public CephRelease MinCompatClient { get; init; }

    /// <summary>Features that clients must have: 64 bits a number, the lowest first.</summary>
    public ValueList<ulong> RequiredClientFeatures { get; init; } = [];

    /// <summary>Which ranks are balanced: a hexadecimal mask, or -1 for all (version 17).</summary>
    public string BalanceRankMask { get; init; } = "-1";

    /// <summary>The largest extended attribute, bytes (version 18).</summary>
    public ulong MaxXattrSize { get; init; }

    /// <summary>The global id of the server that leads the quiescing of subvolumes; 0 for none (version 19).</summary>
    public ulong QuiesceLeader { get; init; }

    /// <summary>Servers that take part in it (version 19).</summary>
    public ValueList<ulong> QuiesceMembers { get; init; } = [];
}
