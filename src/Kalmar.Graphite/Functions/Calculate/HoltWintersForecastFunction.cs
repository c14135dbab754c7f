namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("holtWintersForecast", "Calculate", "seriesList:seriesList, bootstrapInterval:interval?=7d, seasonality:interval?=1d",
    "What Holt and Winters' method foretells from the time before the window.", Suggestions = "bootstrapInterval: 7d, 30d; seasonality: 1d, 7d")]
internal sealed class HoltWintersForecastFunction : RenderFunction
{
    /// <inheritdoc/>
    public override ValueTask<object?> CallAsync(FunctionCall call) => HoltWinters.ForecastAsync(call);
}
