using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("stdev", "Calculate", "seriesList:seriesList, points:integer, windowTolerance:float?=0.1",
    "The standard deviation of the last so many points.")]
internal sealed class StdevFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var (points, tolerance) = (call.Int(1), call.Float(2));
        if (points <= 0) throw call.Wrong(1, "a number above 0");
        var from = series.Points();
        var values = new double[from.Length];
        var (valid, sum, squares) = (0, 0.0, 0.0);
        for (var i = 0; i < from.Length; i++)
        {
            if (i >= points && !double.IsNaN(from[i - points]))
            {
                valid--;
                sum -= from[i - points];
                squares -= from[i - points] * from[i - points];
            }

            if (!double.IsNaN(from[i]))
            {
                valid++;
                sum += from[i];
                squares += from[i] * from[i];
            }

            values[i] = valid > 0 && (double)valid / points >= tolerance ? Math.Sqrt((valid * squares) - (sum * sum)) / valid : double.NaN;
        }

        series.Tags["stdev"] = PythonText.Str((long)points);
        return series.Copy($"stdev({series.Name},{points})", values);
    }
}
