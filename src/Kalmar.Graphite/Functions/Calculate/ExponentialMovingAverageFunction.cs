using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("exponentialMovingAverage", "Calculate", "seriesList:seriesList, windowSize:intOrInterval",
    "A mean in which newer values weigh more.", Suggestions = "windowSize: 5, 7, 10, 1min, 5min, 10min, 30min, 1hour")]
internal sealed class ExponentialMovingAverageFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var list = call.List(0);
        if (list.Count == 0) return list;
        var (preview, text) = MovingWindow.Preview(call, list);
        var weight = 2.0 / ((text ? preview : call.Int(1)) + 1);
        var spelled = PythonText.Str(call.Raw(1));
        var results = new List<Series>();
        foreach (var series in await call.AgainAsync(call.Context.WithWindow(call.Context.From - preview, call.Context.Until)).ConfigureAwait(false))
        {
            var window = (int)Math.Min(text ? preview / Math.Max(series.Step, 1) : call.Int(1), int.MaxValue);
            series.Tags["exponentialMovingAverage"] = spelled;
            var from = series.Values;
            var average = Aggregation.Average(from.AsSpan(0, Math.Min(window, from.Length)));
            if (double.IsNaN(average)) average = 0;
            var values = new double[Math.Max(from.Length - window, 0) + 1];
            values[0] = Rounding.Round(average, 6);
            for (var i = window; i < from.Length; i++)
            {
                if (!double.IsNaN(from[i])) average = (weight * from[i]) + ((1 - weight) * average);
                values[i - window + 1] = double.IsNaN(from[i]) ? double.NaN : Rounding.Round(average, 6);
            }

            results.Add(series.Copy($"exponentialMovingAverage({series.Name},{(text ? $"\"{spelled}\"" : spelled)})", values, series.Start + preview));
        }

        return results;
    }
}
