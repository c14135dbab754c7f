namespace Kalmar.Cli.Configuration;

/// <summary>What is collected and how long it is kept.</summary>
public sealed record HistoryOptions
{
    /// <summary>Whether anything is.</summary>
    public required bool Enabled { get; init; }

    /// <summary>How often counters are asked for.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Retentions as <c>storage-schemas.conf</c> writes them.</summary>
    public required string Retentions { get; init; }

    /// <summary>A storage-schemas.conf, or null.</summary>
    public required string? Schemas { get; init; }

    /// <summary>A storage-aggregation.conf, or null.</summary>
    public required string? Aggregation { get; init; }

    /// <summary>Whether counters below priority "useful" are kept too.</summary>
    public required bool AllCounters { get; init; }

    /// <summary>Whether sum and count of long-run averages are kept too.</summary>
    public required bool LongRunningDetail { get; init; }

    /// <summary>Whether this host is collected.</summary>
    public required bool Host { get; init; }

    /// <summary>Whether the daemons' perf counters are collected.</summary>
    public required bool Daemons { get; init; }

    /// <summary>Points in memory that are not on disk yet, at most.</summary>
    public required int MaxCachedPoints { get; init; }

    /// <summary>How often the folder is looked through for files that others made or removed.</summary>
    public required TimeSpan Rescan { get; init; }

    /// <summary>A Ceres tree that is read beside the history, or null.</summary>
    public required string? Ceres { get; init; }
}
