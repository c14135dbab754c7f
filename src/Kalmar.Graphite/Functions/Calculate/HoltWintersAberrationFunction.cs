namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("holtWintersAberration", "Calculate", "seriesList:seriesList, delta:integer?=3, bootstrapInterval:interval?=7d, seasonality:interval?=1d",
    "How far values lie outside of what Holt and Winters' method expects.", Suggestions = "bootstrapInterval: 7d, 30d; seasonality: 1d, 7d")]
internal sealed class HoltWintersAberrationFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var bands = (await HoltWinters.BandsAsync(call).ConfigureAwait(false)).ToLookup(b => b.Name, StringComparer.Ordinal);
        var results = new List<Series>();
        foreach (var series in call.List(0))
        {
            var lower = bands[$"holtWintersConfidenceLower({series.Name})"].Last().Values;
            var upper = bands[$"holtWintersConfidenceUpper({series.Name})"].Last().Values;
            var values = new double[series.Count];
            for (var i = 0; i < values.Length && i < upper.Length; i++)
            {
                var actual = series.Values[i];
                if (actual > upper[i]) values[i] = actual - upper[i];
                else if (actual < lower[i]) values[i] = actual - lower[i];
            }

            series.Tags["holtWintersAberration"] = "1";
            results.Add(new Series($"holtWintersAberration({series.Name})", series.Start, series.End, series.Step, values) { Tags = series.Tags, XFilesFactor = series.XFilesFactor });
        }

        return results;
    }
}
