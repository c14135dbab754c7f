namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("aggregateSeriesLists", "Combine", "seriesListFirstPos:seriesList, seriesListSecondPos:seriesList, func:aggFunc, xFilesFactor:float?",
    "Combines each series of the first list with the one at its place in the second.")]
internal sealed class AggregateSeriesListsFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => PairShorthand.Combine(call.Context, call.List(0), call.List(1), call.Text(2), call.FloatOrNull(3));
}
