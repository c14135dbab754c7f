using Kalmar.Graphite.Functions.Filter;

namespace Kalmar.Graphite.Functions.Sorting;

[RenderFunction("sortByMinima", "Sorting", "seriesList:seriesList",
    "Orders the series by their least value, least first; those that are never above 0 are left out.")]
internal sealed class SortByMinimaFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0).Where(s => Aggregation.Max(s.Points()) > 0).ToList(), int.MaxValue, "min", descending: false);
}
