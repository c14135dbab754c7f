namespace Kalmar.Carbon.Cache;

/// <summary>The order in which waiting series are written (<c>CACHE_WRITE_STRATEGY</c>).</summary>
public enum WriteStrategy
{
    /// <summary>Most points first, each series once in a round (<c>sorted</c>, Carbon's default).</summary>
    Sorted,

    /// <summary>Most points first, looked at anew after every round (<c>max</c>).</summary>
    Max,

    /// <summary>As they came (<c>naive</c>).</summary>
    Naive,

    /// <summary>The series with the oldest point first (<c>timesorted</c>).</summary>
    TimeSorted,

    /// <summary>Any (<c>random</c>).</summary>
    Random,
}
