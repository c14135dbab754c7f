namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>Brings series down to as many points as the asker wants, in graphite-web's way.</summary>
internal static class MaxDataPoints
{
    /// <summary>
    /// Sets each series' consolidation. The start moves to the next multiple of the new step, and one value fewer than that is dropped, so that
    /// stamps shift by a step; the range counts over all series together.
    /// </summary>
    public static void Apply(List<Series> data, int? maximum)
    {
        if (maximum is not { } most || data.Count == 0 || data.TrueForAll(s => s.Count == 0)) return;
        var range = data.Max(s => s.End) - data.Min(s => s.Start);
        foreach (var series in data)
        {
            if (most == 1)
            {
                series.ValuesPerPoint = Math.Max(series.Count, 1);
                continue;
            }

            if (series.Step <= 0) throw new GraphiteException($"{series.Name} has no step");
            var points = (double)range / series.Step;
            if (most >= points) continue;
            if (most == 0) throw new GraphiteException("maxDataPoints must be above 0");
            var per = (long)Math.Ceiling(points / most);
            var seconds = per * series.Step;
            var nudge = seconds + Mod(series.Start, series.Step) - Mod(series.Start, seconds);
            series.Start += nudge;
            var lose = (int)Math.Clamp((nudge / series.Step) - 1, 0, series.Count);
            if (lose > 0) series.Values = series.Values[lose..];
            series.ValuesPerPoint = (int)Math.Min(per, int.MaxValue);
        }
    }

    private static long Mod(long value, long by) => ((value % by) + by) % by;
}
