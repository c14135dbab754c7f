namespace Kalmar.Collectors.Daemons;

/// <summary>How a <see cref="DaemonPerfCollector"/> asks.</summary>
public sealed record DaemonPerfOptions
{
    /// <summary>How often.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many daemons are asked at the same time.</summary>
    public int Parallelism { get; init; } = 16;

    /// <summary>How long one daemon may take for its answer.</summary>
    public TimeSpan DaemonTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A daemon that didn't answer is left alone for one, two, four… intervals, and for this long at most.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The least time between two looks at one daemon's schema, when its dump has counters that the schema lacks.</summary>
    public TimeSpan SchemaInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Which counters.</summary>
    public PerfCounterOptions Counters { get; init; } = new();
}
