namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("limit", "Filter Series", "seriesList:seriesList, n:integer", "The first n series.")]
internal sealed class LimitFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Ranking.First(call.List(0), call.Int(1));
}
