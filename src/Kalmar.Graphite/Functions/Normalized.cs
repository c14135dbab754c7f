namespace Kalmar.Graphite.Functions;

/// <summary>Series brought to a common step (the least common multiple of theirs), so that their rows can be read side by side.</summary>
internal sealed record Normalized(List<Series> Series, long Start, long End, long Step)
{
    /// <summary>Sets each series' consolidation to the common step; null when there is no series.</summary>
    public static Normalized? Of(List<Series> series)
    {
        if (series.Count == 0) return null;
        var (start, end, step) = (long.MaxValue, long.MinValue, series[0].Step);
        foreach (var one in series)
        {
            step = LeastCommonMultiple(step, one.Step);
            start = Math.Min(start, one.Start);
            end = Math.Max(end, one.End);
        }

        foreach (var one in series) one.ValuesPerPoint = one.Step == 0 ? 1 : (int)Math.Min(step / one.Step, int.MaxValue);
        if (step > 0) end -= (end - start) % step;
        return new Normalized(series, start, end, step);
    }

    /// <summary>The points of all series at the common step, and the length of the longest.</summary>
    public (double[][] Rows, int Length) Points()
    {
        var rows = new double[Series.Count][];
        var length = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Series[i].Points();
            length = Math.Max(length, rows[i].Length);
        }

        return (rows, length);
    }

    private static long LeastCommonMultiple(long a, long b)
    {
        if (a == b || a == 0 || b == 0) return Math.Max(a, b);
        var (x, y) = (a, b);
        while (y != 0) (x, y) = (y, x % y);
        var multiple = a / x * b;
        return multiple is > 0 and < int.MaxValue ? multiple : throw GraphiteException.Limit($"Steps of {a} and {b} seconds have no common multiple that can be drawn");
    }
}
