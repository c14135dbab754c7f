namespace Kalmar.Rados.Maps;

/// <summary>Names of PG states as Ceph prints them.</summary>
public static class PgStateNames
{
    /// <summary>In the order in which Ceph puts them into a name like <c>active+clean+scrubbing+deep</c>.</summary>
    private static readonly (PgState State, string Name)[] Names =
    [
        (PgState.Stale, "stale"),
        (PgState.Creating, "creating"),
        (PgState.Active, "active"),
        (PgState.Activating, "activating"),
        (PgState.Clean, "clean"),
        (PgState.RecoveryWait, "recovery_wait"),
        (PgState.RecoveryTooFull, "recovery_toofull"),
        (PgState.Recovering, "recovering"),
        (PgState.ForcedRecovery, "forced_recovery"),
        (PgState.Down, "down"),
        (PgState.RecoveryUnfound, "recovery_unfound"),
        (PgState.BackfillUnfound, "backfill_unfound"),
        (PgState.Undersized, "undersized"),
        (PgState.Degraded, "degraded"),
        (PgState.Remapped, "remapped"),
        (PgState.PreMerge, "premerge"),
        (PgState.Scrubbing, "scrubbing"),
        (PgState.Deep, "deep"),
        (PgState.Inconsistent, "inconsistent"),
        (PgState.Peering, "peering"),
        (PgState.Repair, "repair"),
        (PgState.BackfillWait, "backfill_wait"),
        (PgState.Backfilling, "backfilling"),
        (PgState.ForcedBackfill, "forced_backfill"),
        (PgState.BackfillTooFull, "backfill_toofull"),
        (PgState.Incomplete, "incomplete"),
        (PgState.Peered, "peered"),
        (PgState.SnapTrim, "snaptrim"),
        (PgState.SnapTrimWait, "snaptrim_wait"),
        (PgState.SnapTrimError, "snaptrim_error"),
        (PgState.FailedRepair, "failed_repair"),
        (PgState.Laggy, "laggy"),
        (PgState.Wait, "wait"),
    ];

    /// <summary>The names of all states that are set, joined by <c>+</c>; <c>unknown</c> for none.</summary>
    /// <param name="state">The states.</param>
    public static string ToName(this PgState state) =>
        state == PgState.Unknown ? "unknown" : string.Join('+', Names.Where(n => state.HasFlag(n.State)).Select(n => n.Name));

    /// <summary>The states of a name like <c>active+clean</c>; null when a part of it is no state.</summary>
    /// <param name="name">As <see cref="ToName"/> gives it.</param>
    public static PgState? Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == "unknown")
        {
            return PgState.Unknown;
        }

        PgState state = PgState.Unknown;
        foreach (string part in name.Split('+'))
        {
            int index = Array.FindIndex(Names, n => n.Name == part);
            if (index < 0)
            {
                return null;
            }

            state |= Names[index].State;
        }

        return state;
    }
}
