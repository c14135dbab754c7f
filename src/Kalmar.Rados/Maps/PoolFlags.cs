namespace Kalmar.Rados.Maps;

/// <summary>Flags of a pool, with Ceph's bits.</summary>
[Flags]
public enum PoolFlags : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The pool's number goes into the hash of its PGs; set on every modern pool.</summary>
    HashPsPool = 1 << 0,

    /// <summary>Full: writes wait or fail.</summary>
    Full = 1 << 1,

    /// <summary>Erasure-coded objects can be overwritten in part.</summary>
    EcOverwrites = 1 << 2,

    /// <summary>Clones may be missing, since it is or was a cache.</summary>
    IncompleteClones = 1 << 3,

    /// <summary>May not be deleted.</summary>
    NoDelete = 1 << 4,

    /// <summary>pg_num and pgp_num may not be changed.</summary>
    NoPgChange = 1 << 5,

    /// <summary>size and min_size may not be changed.</summary>
    NoSizeChange = 1 << 6,

    /// <summary>Writes are hinted as not to be read soon.</summary>
    WriteFadviseDontNeed = 1 << 7,

    /// <summary>No scrub.</summary>
    NoScrub = 1 << 8,

    /// <summary>No deep scrub.</summary>
    NoDeepScrub = 1 << 9,

    /// <summary>Full because its quota is used up.</summary>
    FullQuota = 1 << 10,

    /// <summary>Nearly full.</summary>
    NearFull = 1 << 11,

    /// <summary>Too full to be backfilled to.</summary>
    BackfillFull = 1 << 12,

    /// <summary>Snapshots are managed by clients (RBD, CephFS).</summary>
    SelfManagedSnaps = 1 << 13,

    /// <summary>Snapshots are made of the whole pool.</summary>
    PoolSnaps = 1 << 14,

    /// <summary>Its PGs are being created.</summary>
    Creating = 1 << 15,

    /// <summary>Everything answers EIO.</summary>
    Eio = 1 << 16,

    /// <summary>Expected to hold much data: starts with many PGs.</summary>
    Bulk = 1 << 17,

    /// <summary>For Crimson OSDs.</summary>
    Crimson = 1 << 18,

    /// <summary>Erasure coding with Tentacle's optimisations.</summary>
    EcOptimizations = 1 << 19,
}
