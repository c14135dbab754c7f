using Kalmar.Graphite.Functions.Filter;

namespace Kalmar.Graphite.Functions.Sorting;

[RenderFunction("sortBy", "Sorting", "seriesList:seriesList, func:aggFunc?=average, reverse:boolean?=False",
    "Orders the series by an aggregation, least first.")]
internal sealed class SortByFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), int.MaxValue, call.Text(1), call.Flag(2));
}
