namespace Kalmar.Rados.Maps;

/// <summary>Names of pool flags as Ceph prints them.</summary>
public static class PoolFlagNames
{
    private static readonly (PoolFlags Flag, string Name)[] Names =
    [
        (PoolFlags.HashPsPool, "hashpspool"),
        (PoolFlags.Full, "full"),
        (PoolFlags.EcOverwrites, "ec_overwrites"),
        (PoolFlags.IncompleteClones, "incomplete_clones"),
        (PoolFlags.NoDelete, "nodelete"),
        (PoolFlags.NoPgChange, "nopgchange"),
        (PoolFlags.NoSizeChange, "nosizechange"),
        (PoolFlags.WriteFadviseDontNeed, "write_fadvise_dontneed"),
        (PoolFlags.NoScrub, "noscrub"),
        (PoolFlags.NoDeepScrub, "nodeep-scrub"),
        (PoolFlags.FullQuota, "full_quota"),
        (PoolFlags.NearFull, "nearfull"),
        (PoolFlags.BackfillFull, "backfillfull"),
        (PoolFlags.SelfManagedSnaps, "selfmanaged_snaps"),
        (PoolFlags.PoolSnaps, "pool_snaps"),
        (PoolFlags.Creating, "creating"),
        (PoolFlags.Eio, "eio"),
        (PoolFlags.Bulk, "bulk"),
        (PoolFlags.Crimson, "crimson"),
        (PoolFlags.EcOptimizations, "ec_optimizations"),
    ];

    /// <summary>The names of all flags that are set, in the order in which <c>ceph osd dump</c> prints them.</summary>
    /// <param name="flags">The flags.</param>
    public static IReadOnlyList<string> ToNames(this PoolFlags flags) => [.. Names.Where(f => flags.HasFlag(f.Flag)).Select(f => f.Name)];
}
