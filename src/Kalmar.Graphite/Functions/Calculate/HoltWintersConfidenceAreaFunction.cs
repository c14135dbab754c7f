namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("holtWintersConfidenceArea", "Calculate", "seriesList:seriesList, delta:integer?=3, bootstrapInterval:interval?=7d, seasonality:interval?=1d",
    "The area in which Holt and Winters' method expects the values.", Suggestions = "bootstrapInterval: 7d, 30d; seasonality: 1d, 7d")]
internal sealed class HoltWintersConfidenceAreaFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var bands = await HoltWinters.BandsAsync(call).ConfigureAwait(false);
        Graph.AreaBetweenFunction.Join(bands);
        foreach (var series in bands)
        {
            series.Tags.Remove("areaBetween");
            series.Tags["holtWintersConfidenceArea"] = "1";
            series.Rename(series.Name.Replace("areaBetween", "holtWintersConfidenceArea", StringComparison.Ordinal));
        }

        return bands;
    }
}
