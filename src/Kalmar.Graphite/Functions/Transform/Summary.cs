using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Transform;

/// <summary>One value for each interval, as summarize and smartSummarize give them.</summary>
internal static class Summary
{
    /// <summary>The interval argument in seconds, above 0.</summary>
    public static long Interval(FunctionCall call, int index)
    {
        var interval = TimeOffset.Parse(call.Text(index));
        return interval > 0 ? interval : throw call.Wrong(index, "an interval above 0");
    }

    /// <summary>The values of the intervals from start to end, and the end of the last interval.</summary>
    public static (double[] Values, long End) Of(EvaluationBudget budget, Series series, string function, long interval, long start, long end)
    {
        var reduce = Aggregation.Get(function.EndsWith("Series", StringComparison.Ordinal) ? function[..^6] : function);
        if (series.Step <= 0) throw new GraphiteException($"{series.Name} has no step");
        var points = series.Points();
        var count = Math.Min((Math.Max(series.End - series.Start, 0) + series.Step - 1) / series.Step, points.Length);
        var expected = (double)interval / series.Step;
        var values = budget.Allocate(end > start ? (end - start + interval - 1) / interval : 0);
        var (at, time) = (0, start);
        for (var bucket = 0; bucket < values.Length; bucket++, time += interval)
        {
            var (from, known) = (at, 0);
            for (; at < count && series.Start + (at * series.Step) < time + interval; at++)
            {
                var stamp = series.Start + (at * series.Step);
                if (stamp <= time) from = at;
                if (stamp >= time && !double.IsNaN(points[at])) known++;
            }

            values[bucket] = Aggregation.Enough(known, expected, series.XFilesFactor) ? reduce(points.AsSpan(from, at - from)) : double.NaN;
        }

        return (values, time);
    }
}
