namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("holtWintersConfidenceBands", "Calculate", "seriesList:seriesList, delta:integer?=3, bootstrapInterval:interval?=7d, seasonality:interval?=1d",
    "A lower and an upper series between which Holt and Winters' method expects the values.", Suggestions = "bootstrapInterval: 7d, 30d; seasonality: 1d, 7d")]
internal sealed class HoltWintersConfidenceBandsFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var bands = await HoltWinters.BandsAsync(call).ConfigureAwait(false);
        return bands;
    }
}
