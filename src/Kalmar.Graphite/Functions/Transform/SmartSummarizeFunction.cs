namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("smartSummarize", "Transform", "seriesList:seriesList, intervalString:interval, func:aggFunc?=sum, alignTo:string?",
    "Makes one point of all values in each interval; intervals begin with the window, or with its year, month, week, day, ….", Suggestions = "intervalString: 10min, 1h, 1d", Options = "alignTo: years, months, weeks, days, hours, minutes, seconds")]
internal sealed class SmartSummarizeFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var (text, function) = (call.Text(1), call.Text(2));
        var interval = Summary.Interval(call, 1);
        var list = call.List(0);
        if (call.HasValue(3) && call.Raw(3) is not bool)
            list = await call.AgainAsync(call.Context.WithWindow(WindowAlignment.Align(call.Context, call.Text(3)), call.Context.Until)).ConfigureAwait(false);
        var results = new List<Series>(list.Count);
        foreach (var series in list)
        {
            var (values, end) = Summary.Of(call.Context.Budget, series, function, interval, series.Start, series.End);
            series.Tags["smartSummarize"] = text;
            series.Tags["smartSummarizeFunction"] = function;
            results.Add(series.Copy($"smartSummarize({series.Name}, \"{text}\", \"{function}\")", values, end: end, step: interval));
        }

        return results;
    }
}
