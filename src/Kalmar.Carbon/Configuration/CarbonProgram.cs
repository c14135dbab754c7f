namespace Kalmar.Carbon.Configuration;

/// <summary>Which of Carbon's programs to be.</summary>
public enum CarbonProgram
{
    /// <summary>carbon-cache: points to files.</summary>
    Cache,

    /// <summary>carbon-relay: points to other Carbons.</summary>
    Relay,

    /// <summary>carbon-aggregator: aggregates to other Carbons.</summary>
    Aggregator,

    /// <summary>carbon-aggregator-cache: aggregates to files.</summary>
    AggregatorCache,
}
