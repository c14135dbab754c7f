using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Views;

/// <summary>What a combination of placement group states means for the data.</summary>
internal static class PgStates
{
    private static readonly string[] Bad =
    [
        "unknown", "down", "incomplete", "stale", "inconsistent", "recovery_unfound", "backfill_unfound", "failed_repair", "snaptrim_error",
        "recovery_toofull", "backfill_toofull",
    ];

    private static readonly string[] Warning = ["degraded", "undersized", "peering", "activating", "creating", "laggy", "wait", "peered"];

    private static readonly string[] Busy =
    [
        "remapped", "backfilling", "backfill_wait", "forced_backfill", "recovering", "recovery_wait", "forced_recovery", "scrubbing", "deep",
        "repair", "snaptrim", "snaptrim_wait",
    ];

    /// <summary>The state to be shown. What is not active serves nobody: it is a warning at least.</summary>
    /// <param name="states">Joined by <c>+</c>, as Ceph prints them.</param>
    public static ViewState Of(string states)
    {
        string[] parts = states.Split('+');
        if (parts.Intersect(Bad, StringComparer.Ordinal).Any())
        {
            return ViewState.Bad;
        }

        if (parts.Intersect(Warning, StringComparer.Ordinal).Any() || !parts.Contains("active", StringComparer.Ordinal))
        {
            return ViewState.Warning;
        }

        return parts.Intersect(Busy, StringComparer.Ordinal).Any() ? ViewState.Busy
            : parts.Contains("clean", StringComparer.Ordinal) ? ViewState.Good
            : ViewState.Warning;
    }

    /// <summary>Groups the counts for the bar: from broken to good.</summary>
    public static IReadOnlyList<BarSegment> Segments(PgSummary pgs) =>
        [.. pgs.States.GroupBy(s => Of(s.State)).OrderByDescending(g => g.Key).Select(g => new BarSegment(g.Key, g.Sum(s => s.Count)))];
}
