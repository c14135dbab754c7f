namespace Kalmar.Whisper;

/// <summary>The eight ways to make one value of many, with the order of additions and comparisons that Python's Whisper has.</summary>
internal static class Aggregation
{
    /// <summary>Makes one value.</summary>
    /// <param name="method">How.</param>
    /// <param name="known">The known values in the order of their times; at least one.</param>
    /// <param name="slots">How many values there could have been.</param>
    public static double Of(AggregationMethod method, ReadOnlySpan<double> known, int slots) => method switch
    {
        AggregationMethod.Average => Sum(known) / known.Length,
        AggregationMethod.Sum => Sum(known),
        AggregationMethod.Last => known[^1],
        AggregationMethod.Max => Max(known),
        AggregationMethod.Min => Min(known),
        AggregationMethod.AverageZero => Sum(known) / slots,
        AggregationMethod.AbsoluteMax => AbsoluteMax(known),
        AggregationMethod.AbsoluteMin => AbsoluteMin(known),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "no such aggregation method"),
    };

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        double best = values[0];
        foreach (double value in values[1..])
        {
            best = value > best ? value : best;
        }

        return best;
    }

    private static double Min(ReadOnlySpan<double> values)
    {
        double best = values[0];
        foreach (double value in values[1..])
        {
            best = value < best ? value : best;
        }

        return best;
    }

    private static double AbsoluteMax(ReadOnlySpan<double> values)
    {
        double best = values[0];
        foreach (double value in values[1..])
        {
            best = Math.Abs(value) > Math.Abs(best) ? value : best;
        }

        return best;
    }

    private static double AbsoluteMin(ReadOnlySpan<double> values)
    {
        double best = values[0];
        foreach (double value in values[1..])
        {
            best = Math.Abs(value) < Math.Abs(best) ? value : best;
        }

        return best;
    }
}
