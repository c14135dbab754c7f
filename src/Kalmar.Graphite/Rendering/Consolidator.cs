namespace Kalmar.Graphite.Rendering;

/// <summary>Makes one point of several values, as graphite-web does when there are more values than pixels.</summary>
internal static class Consolidator
{
    /// <summary>The points of a series whose <see cref="Series.ValuesPerPoint"/> is above one; the last one may stand for fewer values.</summary>
    public static double[] Consolidate(Series series)
    {
        var per = series.ValuesPerPoint;
        var values = series.Values;
        var points = new double[(values.Length + per - 1) / per];
        var how = series.Consolidation;
        if (how is "average" or "avg" or "sum")
        {
            Accumulate(values, per, points, series.XFilesFactor, mean: how != "sum");
            return points;
        }

        for (var i = 0; i < points.Length; i++)
        {
            var bucket = values.AsSpan(i * per, Math.Min(per, values.Length - (i * per)));
            points[i] = Bucket(bucket, per, how, series.XFilesFactor);
        }

        return points;
    }

    // The two that are asked for most: without branches on values, which are unpredictable where there are gaps.
    private static void Accumulate(double[] values, int per, double[] points, double xFilesFactor, bool mean)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var (known, sum) = (0, 0.0);
            foreach (var value in values.AsSpan(i * per, Math.Min(per, values.Length - (i * per))))
            {
                var there = !double.IsNaN(value);
                sum += there ? value : 0;
                known += there ? 1 : 0;
            }

            points[i] = known == 0 || (double)known / per < xFilesFactor ? double.NaN : mean ? sum / known : sum;
        }
    }

    private static double Bucket(ReadOnlySpan<double> bucket, int per, string how, double xFilesFactor)
    {
        var known = 0;
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, first = double.NaN, last = double.NaN;
        foreach (var value in bucket)
        {
            if (double.IsNaN(value)) continue;
            if (known++ == 0) first = value;
            sum += value;
            if (value < min) min = value;
            if (value > max) max = value;
            last = value;
        }

        if (known == 0 || (double)known / per < xFilesFactor) return double.NaN;
        return how switch
        {
            "sum" => sum,
            "average" or "avg" => sum / known,
            "avg_zero" => sum / bucket.Length,
            "max" => max,
            "min" => min,
            "first" => first,
            "last" => last,
            _ => throw new GraphiteException($"Invalid consolidation function: '{how}'"),
        };
    }
}
