namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("highestCurrent", "Filter Series", "seriesList:seriesList, n:integer", "The n series with the greatest last value.")]
internal sealed class HighestCurrentFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), call.Int(1), "current", descending: true);
}
