namespace Kalmar.Rados.Maps;

/// <summary>Names of states and flags as Ceph prints and takes them.</summary>
public static class OsdMapFlagNames
{
    private static readonly (OsdMapFlags Flag, string Name)[] Flags =
    [
        (OsdMapFlags.NearFull, "nearfull"),
        (OsdMapFlags.Full, "full"),
        (OsdMapFlags.PauseRead, "pauserd"),
        (OsdMapFlags.PauseWrite, "pausewr"),
        (OsdMapFlags.PauseRecovery, "pauserec"),
        (OsdMapFlags.NoUp, "noup"),
        (OsdMapFlags.NoDown, "nodown"),
        (OsdMapFlags.NoOut, "noout"),
        (OsdMapFlags.NoIn, "noin"),
        (OsdMapFlags.NoBackfill, "nobackfill"),
        (OsdMapFlags.NoRebalance, "norebalance"),
        (OsdMapFlags.NoRecover, "norecover"),
        (OsdMapFlags.NoScrub, "noscrub"),
        (OsdMapFlags.NoDeepScrub, "nodeep-scrub"),
        (OsdMapFlags.NoTierAgent, "notieragent"),
        (OsdMapFlags.NoSnapTrim, "nosnaptrim"),
        (OsdMapFlags.SortBitwise, "sortbitwise"),
        (OsdMapFlags.RequireJewel, "require_jewel_osds"),
        (OsdMapFlags.RequireKraken, "require_kraken_osds"),
        (OsdMapFlags.RequireLuminous, "require_luminous_osds"),
        (OsdMapFlags.RecoveryDeletes, "recovery_deletes"),
        (OsdMapFlags.PurgedSnapDirs, "purged_snapdirs"),
        (OsdMapFlags.PgLogHardLimit, "pglog_hardlimit"),
        (OsdMapFlags.NoAutoscale, "noautoscale"),
    ];

    private static readonly (OsdState State, string Name)[] States =
    [
        (OsdState.Exists, "exists"),
        (OsdState.Up, "up"),
        (OsdState.AutoOut, "autoout"),
        (OsdState.New, "new"),
        (OsdState.Full, "full"),
        (OsdState.NearFull, "nearfull"),
        (OsdState.BackfillFull, "backfillfull"),
        (OsdState.Destroyed, "destroyed"),
        (OsdState.NoUp, "noup"),
        (OsdState.NoDown, "nodown"),
        (OsdState.NoIn, "noin"),
        (OsdState.NoOut, "noout"),
        (OsdState.Stop, "stop"),
    ];

    /// <summary>The names of all flags that are set, in the order in which <c>ceph osd dump</c> prints them.</summary>
    /// <param name="flags">The flags.</param>
    public static IReadOnlyList<string> ToNames(this OsdMapFlags flags) => [.. Flags.Where(f => flags.HasFlag(f.Flag)).Select(f => f.Name)];

    /// <summary>The names of all states that are set.</summary>
    /// <param name="state">The states.</param>
    public static IReadOnlyList<string> ToNames(this OsdState state) => [.. States.Where(s => state.HasFlag(s.State)).Select(s => s.Name)];

    /// <summary>The flag with this name (<c>noout</c>), or null. <c>pause</c> stands for both kinds of pause.</summary>
    /// <param name="name">As in <c>ceph osd set NAME</c>.</param>
    public static OsdMapFlags? Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == "pause")
        {
            return OsdMapFlags.PauseRead | OsdMapFlags.PauseWrite;
        }

        int index = Array.FindIndex(Flags, f => f.Name == name);
        return index < 0 ? null : Flags[index].Flag;
    }
}
