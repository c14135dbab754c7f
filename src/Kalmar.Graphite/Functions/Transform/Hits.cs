using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions.Transform;

/// <summary>Spreads rates over intervals that end with the series.</summary>
internal static class Hits
{
    /// <summary>The hits in each interval, and where the first interval begins.</summary>
    public static (double[] Values, long Start) Count(EvaluationBudget budget, Series series, long interval)
    {
        var points = series.Points();
        var buckets = (long)Math.Ceiling((double)Math.Max(series.End - series.Start, 0) / interval);
        var values = budget.Allocate(buckets);
        Array.Fill(values, double.NaN);
        var start = series.End - (buckets * interval);
        for (var i = 0; i < points.Length && buckets > 0; i++)
        {
            if (double.IsNaN(points[i])) continue;
            var (first, firstRest) = FloorDivide(series.Start + (i * series.Step) - start, interval);
            var (last, lastRest) = FloorDivide(series.Start + ((i + 1) * series.Step) - start, interval);
            if (last >= buckets) (last, lastRest) = (buckets - 1, interval);
            if (first == last)
            {
                if (first >= 0) Add(first, points[i] * (lastRest - firstRest));
                continue;
            }

            if (first >= 0 && first < buckets) Add(first, points[i] * (interval - firstRest));
            for (var bucket = Math.Max(first + 1, 0); bucket < last; bucket++) Add(bucket, points[i] * interval);
            if (lastRest > 0 && last >= 0) Add(last, points[i] * lastRest);
        }

        return (values, start);

        void Add(long bucket, double hits) => values[bucket] = double.IsNaN(values[bucket]) ? hits : values[bucket] + hits;
    }

    private static (long Quotient, long Left) FloorDivide(long value, long by)
    {
        var rest = ((value % by) + by) % by;
        return ((value - rest) / by, rest);
    }
}
