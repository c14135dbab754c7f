namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("highestAverage", "Filter Series", "seriesList:seriesList, n:integer", "The n series with the greatest mean.")]
internal sealed class HighestAverageFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), call.Int(1), "average", descending: true);
}
