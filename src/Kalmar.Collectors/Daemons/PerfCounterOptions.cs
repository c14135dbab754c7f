namespace Kalmar.Collectors.Daemons;

/// <summary>Which counters become series, and how.</summary>
public sealed record PerfCounterOptions
{
    /// <summary>Ceph's priority from which on a counter is collected: 5 (useful), 8 (interesting), 10 (critical).</summary>
    public int LeastPriority { get; init; } = 5;

    /// <summary>True to collect every counter, whatever its priority.</summary>
    public bool All { get; init; }

    /// <summary>True to write <c>.sum</c> and <c>.count</c> of long-run averages beside <c>.last_interval_avg</c>: the fork of Diamond's <c>long_running_detail</c>.</summary>
    public bool LongRunningDetail { get; init; }

    /// <summary>
    /// True to write 0 as the average of an interval in which nothing happened, as Diamond did. False leaves the point out: there was
    /// nothing to average, and a 0 would pull every coarser archive down.
    /// </summary>
    public bool IdleAveragesAsZero { get; init; }

    /// <summary>The largest answer of a daemon that is read, in bytes.</summary>
    public int MaxJsonBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most counters that one daemon may have.</summary>
    public int MaxCounters { get; init; } = 50_000;

    internal bool Wants(PerfCounterDefinition counter) => All || counter.Priority >= LeastPriority;
}
