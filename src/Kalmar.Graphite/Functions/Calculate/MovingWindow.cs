using Kalmar.Graphite.Text;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Calculate;

/// <summary>What all functions with a moving window share: the window is a number of points or a time such as <c>5min</c>.</summary>
internal static class MovingWindow
{
    /// <summary>Evaluates the argument over a window that opens earlier, and reduces each stretch of values.</summary>
    public static async ValueTask<object?> CallAsync(FunctionCall call, string function, double? xFilesFactor)
    {
        var list = call.List(0);
        if (list.Count == 0) return list;
        var reduce = Aggregation.Get(function);
        var (preview, text) = Preview(call, list);
        var context = call.Context.WithWindow(call.Context.From - preview, call.Context.Until);
        var tag = "moving" + char.ToUpperInvariant(function[0]) + function[1..].ToLowerInvariant();
        var results = new List<Series>();
        foreach (var series in await call.AgainAsync(context).ConfigureAwait(false))
        {
            var spelled = PythonText.Str(call.Raw(1));
            var name = text ? $"{tag}({series.Name},\"{spelled}\")" : $"{tag}({series.Name},{spelled})";
            var window = text ? (int)(preview / Math.Max(series.Step, 1)) : call.Int(1);
            series.Tags[tag] = spelled;
            var values = SlidingWindow.Reduce(call.Context.Budget, series.Values, window, function, reduce, xFilesFactor ?? series.XFilesFactor);
            results.Add(series.Copy(name, values, start: series.Start + preview));
        }

        return results;
    }

    /// <summary>The seconds that the window needs before the first point, and whether it was given as a time.</summary>
    public static (long Seconds, bool IsTime) Preview(FunctionCall call, List<Series> list)
    {
        if (call.Raw(1) is string time) return (Math.Abs(TimeOffset.Parse(time)), true);
        var points = call.Int(1);
        if (points < 0) throw call.Wrong(1, "a number above 0");
        return (list.Max(s => s.Step) * points, false);
    }
}
