namespace Kalmar.Rados.Maps;

/// <summary>Which counts of a PG are not to be relied on. Our own bits; on the wire each is a bool of its own.</summary>
[Flags]
public enum PgInvalidStats
{
    /// <summary>All can be relied on.</summary>
    None = 0,

    /// <summary>All counts, after a split or merge.</summary>
    All = 1,

    /// <summary>Dirty objects.</summary>
    Dirty = 2,

    /// <summary>Objects with omap.</summary>
    Omap = 4,

    /// <summary>Archived hit sets.</summary>
    HitSet = 8,

    /// <summary>Bytes of archived hit sets.</summary>
    HitSetBytes = 16,

    /// <summary>Pinned objects.</summary>
    Pin = 32,

    /// <summary>Objects that refer to others.</summary>
    Manifest = 64,
}
