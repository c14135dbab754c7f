using Kalmar.Whisper;

namespace Kalmar.Graphite.Sources;

/// <summary>Lays points that wait in the cache over what was read from a file, as graphite-web does: of several in one step of the finest archive the last one counts.</summary>
internal static class PendingMerger
{
    /// <summary>Changes the values in place; coarser archives get the points combined by the file's own method.</summary>
    public static void Merge(List<PendingPoint> waiting, WhisperSeries series, WhisperHeader header)
    {
        long raw = header.Archives[0].SecondsPerPoint;
        var points = new SortedDictionary<long, double>();
        foreach (var point in waiting) points[point.Timestamp - Mod(point.Timestamp, raw)] = point.Value;
        if (series.Step == raw)
        {
            foreach (var (time, value) in points) Put(series.Values, series, time, value);
            return;
        }

        foreach (var group in points.GroupBy(p => p.Key - Mod(p.Key, series.Step)))
            Put(series.Values, series, group.Key, Combine(header.Aggregation, group.Select(p => p.Value).ToArray()));
    }

    /// <summary>A series of nothing but waiting points.</summary>
    public static Series? Alone(string metric, List<PendingPoint> waiting, long step, FetchQuery query)
    {
        var from = query.From - Mod(query.From, step) + step;
        var until = Math.Min(query.Until, query.Now);
        until = until - Mod(until, step) + step;
        if (until < from) return null;
        if (until == from) until += step;
        query.Budget.Values((until - from) / step);
        var values = new double[(until - from) / step];
        Array.Fill(values, double.NaN);
        var series = new WhisperSeries(from, until, step, values);
        foreach (var point in waiting) Put(values, series, point.Timestamp - Mod(point.Timestamp, step), point.Value);
        return new Series(metric, from, until, step, values);
    }

    private static void Put(double[] values, WhisperSeries series, long time, double value)
    {
        var index = (time - series.From) / series.Step;
        if (time >= series.From && index < values.Length) values[index] = value;
    }

    private static double Combine(AggregationMethod method, double[] values) => method switch
    {
        AggregationMethod.Sum => values.Sum(),
        AggregationMethod.Last => values[^1],
        AggregationMethod.Max => values.Max(),
        AggregationMethod.Min => values.Min(),
        AggregationMethod.AbsoluteMax => values.MaxBy(Math.Abs),
        AggregationMethod.AbsoluteMin => values.MinBy(Math.Abs),
        _ => values.Average(),
    };

    private static long Mod(long value, long by) => ((value % by) + by) % by;
}
