namespace Kalmar.Carbon.Aggregation;

/// <summary>Settings of the aggregator.</summary>
public sealed record AggregationOptions
{
    /// <summary>Pass on what came in as well (<c>FORWARD_ALL</c>).</summary>
    public bool ForwardAll { get; init; } = true;

    /// <summary>Intervals that are kept for late values (<c>MAX_AGGREGATION_INTERVALS</c>).</summary>
    public int MaxIntervals { get; init; } = 5;

    /// <summary>Seconds after which an unfinished interval is passed on (<c>WRITE_BACK_FREQUENCY</c>); null for the rule's own.</summary>
    public int? WriteBackFrequency { get; init; }

    /// <summary>Aggregates at a time; more are dropped and counted.</summary>
    public int MaxBuffers { get; init; } = 1_000_000;
}
