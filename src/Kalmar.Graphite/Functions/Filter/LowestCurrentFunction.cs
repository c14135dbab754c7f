namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("lowestCurrent", "Filter Series", "seriesList:seriesList, n:integer", "The n series with the least last value.")]
internal sealed class LowestCurrentFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.Top(call.List(0), call.Int(1), "current", descending: false);
}
