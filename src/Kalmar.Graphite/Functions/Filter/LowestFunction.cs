namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("lowest", "Filter Series", "seriesList:seriesList, n:integer?=1, func:aggFunc?=average",
    "The n series for which an aggregation is least.")]
internal sealed class LowestFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), call.Int(1), call.Text(2), descending: false);
}
