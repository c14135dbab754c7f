namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("summarize", "Transform", "seriesList:seriesList, intervalString:interval, func:aggFunc?=sum, alignToFrom:boolean?=False",
    "Makes one point of all values in each interval.", Suggestions = "intervalString: 10min, 1h, 1d")]
internal sealed class SummarizeFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var (text, function, fromStart) = (call.Text(1), call.Text(2), call.Flag(3));
        var interval = Summary.Interval(call, 1);
        var start = fromStart ? series.Start : series.Start - (series.Start % interval);
        var end = fromStart ? series.End : series.End - (series.End % interval) + interval;
        var (values, aligned) = Summary.Of(call.Context.Budget, series, function, interval, start, end);
        series.Tags["summarize"] = text;
        series.Tags["summarizeFunction"] = function;
        return series.Copy(
            $"summarize({series.Name}, \"{text}\", \"{function}\"{(fromStart ? ", true" : "")})", values, start, fromStart ? aligned : end, interval);
    }
}
