namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("aggregate", "Combine", "seriesList:seriesList, func:aggFunc, xFilesFactor:float?", "Combines the series in the way that is named: sum, average, max, ….")]
internal sealed class AggregateFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => SeriesAggregator.Aggregate(call.Context, call.List(0), call.Text(1), call.FloatOrNull(2));
}
