namespace Kalmar.Collectors.Daemons;

/// <summary>The bits of a perf counter's <c>type</c>, as <c>perf schema</c> gives them.</summary>
[Flags]
public enum PerfCounterType
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>A time, in seconds.</summary>
    Time = 1,

    /// <summary>A whole number.</summary>
    U64 = 2,

    /// <summary>A sum and a count.</summary>
    LongRunAverage = 4,

    /// <summary>Only ever grows; without the bit it is a gauge.</summary>
    Counter = 8,

    /// <summary>A histogram; not collected.</summary>
    Histogram = 16,
}
