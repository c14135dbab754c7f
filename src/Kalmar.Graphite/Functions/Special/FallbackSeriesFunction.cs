namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("fallbackSeries", "Special", "seriesList:seriesList, fallback:seriesList", "The series, or others when there are none.")]
internal sealed class FallbackSeriesFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => call.List(0) is { Count: > 0 } list ? list : call.List(1);
}
