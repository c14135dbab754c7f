namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("hitcount", "Transform", "seriesList:seriesList, intervalString:interval, alignToInterval:boolean?=False",
    "Takes values for rates and tells how many hits there were in each interval.", Suggestions = "intervalString: 10min, 1h, 1d")]
internal sealed class HitcountFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var text = call.Text(1);
        var interval = Summary.Interval(call, 1);
        var list = call.List(0);
        var align = call.Flag(2);
        if (align)
        {
            var unit = interval >= 86400 ? "days" : interval >= 3600 ? "hours" : interval >= 60 ? "minutes" : null;
            var from = unit is null ? call.Context.From : WindowAlignment.Align(call.Context, unit);
            list = await call.AgainAsync(call.Context.WithWindow(from, call.Context.Until)).ConfigureAwait(false);
            foreach (var series in list) series.End = series.Start + ((series.End - series.Start) / interval * interval) + interval;
        }

        var results = new List<Series>(list.Count);
        foreach (var series in list)
        {
            var (values, start) = Hits.Count(call.Context.Budget, series, interval);
            series.Tags["hitcount"] = text;
            results.Add(series.Copy($"hitcount({series.Name}, \"{text}\"{(align ? ", true" : "")})", values, start, step: interval));
        }

        return results;
    }
}
