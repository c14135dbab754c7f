using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("linearRegression", "Calculate", "seriesList:seriesList, startSourceAt:date?, endSourceAt:date?",
    "The straight line that fits the values best; fitted in another window when one is given.")]
internal sealed class LinearRegressionFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var context = call.Context;
        var from = call.HasValue(1) ? TimeLanguage.Parse(call.Text(1), context.ServerZone, context.Now) : context.From;
        var until = call.HasValue(2) ? TimeLanguage.Parse(call.Text(2), context.ServerZone, context.Now) : context.Until;
        var sources = await call.AgainAsync(context.WithWindow(from, until)).ConfigureAwait(false);
        var results = new List<Series>();
        foreach (var (source, series) in sources.Zip(call.List(0)))
        {
            series.Tags["linearRegressions"] = $"{from}, {until}";
            if (Fit(source) is not { } line) continue;
            var values = new double[series.Count];
            for (var i = 0; i < values.Length; i++) values[i] = line.Offset + ((series.Start + (i * series.Step)) * line.Factor);
            var name = $"linearRegression({series.Name}, {from}, {until})";
            results.Add(new Series(name, series.Start, series.End, series.Step, values) { Tags = series.Tags, XFilesFactor = series.XFilesFactor });
        }

        return results;
    }

    private static (double Factor, double Offset)? Fit(Series source)
    {
        var points = source.Points();
        double known = 0, sumI = 0, sumV = 0, sumII = 0, sumIV = 0;
        for (var i = 0; i < points.Length; i++)
        {
            if (double.IsNaN(points[i])) continue;
            known++;
            sumI += i;
            sumV += points[i];
            sumII += (double)i * i;
            sumIV += i * points[i];
        }

        var denominator = (known * sumII) - (sumI * sumI);
        if (denominator == 0) return null;
        var factor = ((known * sumIV) - (sumI * sumV)) / denominator / source.Step;
        return (factor, (((sumII * sumV) - (sumIV * sumI)) / denominator) - (factor * source.Start));
    }
}
