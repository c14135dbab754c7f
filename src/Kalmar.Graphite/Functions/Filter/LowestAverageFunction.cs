namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("lowestAverage", "Filter Series", "seriesList:seriesList, n:integer", "The n series with the least mean.")]
internal sealed class LowestAverageFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), call.Int(1), "average", descending: false);
}
