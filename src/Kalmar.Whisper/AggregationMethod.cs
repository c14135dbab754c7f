namespace Kalmar.Whisper;

/// <summary>How the points of a finer archive become one point of a coarser one; the numbers are those in a file's header.</summary>
public enum AggregationMethod
{
    /// <summary>The mean of the known values (<c>average</c>).</summary>
    Average = 1,

    /// <summary>The sum of the known values (<c>sum</c>).</summary>
    Sum = 2,

    /// <summary>The last known value (<c>last</c>).</summary>
    Last = 3,

    /// <summary>The greatest known value (<c>max</c>).</summary>
    Max = 4,

    /// <summary>The least known value (<c>min</c>).</summary>
    Min = 5,

    /// <summary>The mean with unknown values counted as zero (<c>avg_zero</c>).</summary>
    AverageZero = 6,

    /// <summary>The known value farthest from zero (<c>absmax</c>).</summary>
    AbsoluteMax = 7,

    /// <summary>The known value nearest to zero (<c>absmin</c>).</summary>
    AbsoluteMin = 8,
}
