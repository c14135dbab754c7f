using Kalmar.Carbon.Schemas;

namespace Kalmar.Manager.History;

/// <summary>What is collected and how it is kept. Immutable.</summary>
public sealed record HistorySettings
{
    /// <summary>The folder of the Whisper files; made when it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>How often counters are asked for.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Which retentions a new series gets.</summary>
    public required StorageSchemas Schemas { get; init; }

    /// <summary>Which aggregation a new series gets.</summary>
    public StorageAggregation Aggregation { get; init; } = StorageAggregation.Default;

    /// <summary>Whether counters below priority "useful" are kept too.</summary>
    public bool AllCounters { get; init; }

    /// <summary>Whether sum and count of long-run averages are kept too.</summary>
    public bool LongRunningDetail { get; init; }

    /// <summary>Whether this host is collected.</summary>
    public bool Host { get; init; } = true;

    /// <summary>Whether the daemons' perf counters are collected.</summary>
    public bool Daemons { get; init; } = true;

    /// <summary>How often the folder is looked through for files that others made or removed.</summary>
    public TimeSpan Rescan { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Points in memory that are not on disk yet, at most; beyond it new points are dropped and counted.</summary>
    public int MaxCachedPoints { get; init; } = 2_000_000;
}
