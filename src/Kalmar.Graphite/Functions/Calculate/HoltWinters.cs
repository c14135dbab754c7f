using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Calculate;

/// <summary>
/// Triple exponential smoothing after Holt and Winters with additive seasons: level, trend and season are each a mean in which newer values weigh more
/// (weights 0.1, 0.0035, 0.1, as in Graphite). Trained on the time before the window.
/// </summary>
internal static class HoltWinters
{
    private const double Alpha = 0.1;
    private const double Beta = 0.0035;
    private const double Gamma = 0.1;

    /// <summary>The forecast of each series of the first argument.</summary>
    public static async ValueTask<object?> ForecastAsync(FunctionCall call)
    {
        var preview = TimeOffset.Parse(call.Text(1));
        var results = new List<Series>();
        foreach (var series in await call.AgainAsync(call.Context.WithWindow(call.Context.From - preview, call.Context.Until)).ConfigureAwait(false))
        {
            var (predictions, _) = Analyse(series, call.Text(2));
            results.Add(new Series($"holtWintersForecast({series.Name})", series.Start + preview, series.End, series.Step, Tail(predictions, preview, series.Step))
            {
                Tags = series.Tags,
                XFilesFactor = series.XFilesFactor,
            });
        }

        return results;
    }

    /// <summary>A lower and an upper series for each series of the first argument.</summary>
    public static async ValueTask<List<Series>> BandsAsync(FunctionCall call)
    {
        var delta = call.Float(1);
        var preview = TimeOffset.Parse(call.Text(2));
        var results = new List<Series>();
        foreach (var series in await call.AgainAsync(call.Context.WithWindow(call.Context.From - preview, call.Context.Until)).ConfigureAwait(false))
        {
            var (predictions, deviations) = Analyse(series, call.Text(3));
            var (forecast, deviation) = (Tail(predictions, preview, series.Step), Tail(deviations, preview, series.Step));
            var (lower, upper) = (new double[forecast.Length], new double[forecast.Length]);
            for (var i = 0; i < forecast.Length; i++)
            {
                lower[i] = forecast[i] - (delta * deviation[i]);
                upper[i] = forecast[i] + (delta * deviation[i]);
            }

            series.Tags["holtWintersConfidenceUpper"] = "1";
            series.Tags["holtWintersConfidenceLower"] = "1";
            results.Add(Band(series, "Lower", preview, lower));
            results.Add(Band(series, "Upper", preview, upper));
        }

        return results;
    }

    private static Series Band(Series series, string side, long preview, double[] values) =>
        new($"holtWintersConfidence{side}({series.Name})", series.Start + preview, series.End, series.Step, values)
        {
            Tags = series.Tags,
            XFilesFactor = series.XFilesFactor,
            PathExpression = series.PathExpression,
        };

    private static double[] Tail(double[] values, long preview, long step)
    {
        var skip = preview / Math.Max(step, 1);
        return skip >= values.Length ? [] : values[(int)Math.Max(skip, 0)..];
    }

    private static (double[] Predictions, double[] Deviations) Analyse(Series series, string seasonality)
    {
        var season = TimeOffset.Parse(seasonality) / Math.Max(series.Step, 1);
        var points = series.Points();
        var (predictions, deviations, seasonals) = (new double[points.Length], new double[points.Length], new double[points.Length]);
        var (lastIntercept, lastSlope, next) = (double.NaN, 0.0, double.NaN);
        for (var i = 0; i < points.Length; i++)
        {
            var actual = points[i];
            if (double.IsNaN(actual))
            {
                predictions[i] = next;
                (lastIntercept, lastSlope, next) = (double.NaN, 0, double.NaN);
                continue;
            }

            var prediction = i == 0 ? actual : next;
            if (double.IsNaN(lastIntercept)) lastIntercept = actual;
            var lastSeason = Before(seasonals, i);
            var intercept = (Alpha * (actual - lastSeason)) + ((1 - Alpha) * (lastIntercept + lastSlope));
            var slope = (Beta * (intercept - lastIntercept)) + ((1 - Beta) * lastSlope);
            seasonals[i] = (Gamma * (actual - intercept)) + ((1 - Gamma) * lastSeason);
            var expected = double.IsNaN(prediction) ? 0 : prediction;
            deviations[i] = (Gamma * Math.Abs(actual - expected)) + ((1 - Gamma) * Before(deviations, i));
            predictions[i] = prediction;
            next = intercept + slope + Before(seasonals, i + 1);
            (lastIntercept, lastSlope) = (intercept, slope);
        }

        series.Tags["holtWintersForecast"] = "1";
        series.Tags["holtWintersDeviation"] = "1";
        return (predictions, deviations);

        double Before(double[] values, int i) => i - season >= 0 && i - season < values.Length ? values[i - season] : 0;
    }
}
