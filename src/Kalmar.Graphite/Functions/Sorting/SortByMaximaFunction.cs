using Kalmar.Graphite.Functions.Filter;

namespace Kalmar.Graphite.Functions.Sorting;

[RenderFunction("sortByMaxima", "Sorting", "seriesList:seriesList", "Orders the series by their greatest value, greatest first.")]
internal sealed class SortByMaximaFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), int.MaxValue, "max", descending: true);
}
