namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("highestMax", "Filter Series", "seriesList:seriesList, n:integer", "The n series with the greatest maximum.")]
internal sealed class HighestMaxFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), call.Int(1), "max", descending: true);
}
