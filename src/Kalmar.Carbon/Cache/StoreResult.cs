namespace Kalmar.Carbon.Cache;

/// <summary>What became of a point that was offered to the cache.</summary>
public enum StoreResult
{
    /// <summary>It is in the cache and will be written.</summary>
    Stored,

    /// <summary>The cache is full; offer it again when there is space, or count it as lost.</summary>
    Full,

    /// <summary>The series is new and the cache knows as many as it may.</summary>
    TooManyMetrics,

    /// <summary>The name is refused; see <see cref="Whisper.MetricName"/>.</summary>
    BadName,

    /// <summary>The value is NaN or infinite: not a measurement.</summary>
    BadValue,

    /// <summary>The time is before 1970 or after 2106, which is what a file can hold.</summary>
    BadTimestamp,
}
