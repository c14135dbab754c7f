using Kalmar.Graphite.Functions.Filter;

namespace Kalmar.Graphite.Functions.Sorting;

[RenderFunction("sortByTotal", "Sorting", "seriesList:seriesList", "Orders the series by their sum, greatest first.")]
internal sealed class SortByTotalFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), int.MaxValue, "sum", descending: true);
}
