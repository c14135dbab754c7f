using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("nPercentile", "Calculate", "seriesList:seriesList, n:float",
    "A flat line at the value below which n percent of the series lie.")]
internal sealed class NPercentileFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var percent = call.Float(1);
        if (percent == 0) throw call.Wrong(1, "a number above 0");
        var results = new List<Series>();
        foreach (var series in call.List(0))
        {
            var percentile = Aggregation.Percentile(series.Points(), percent);
            if (double.IsNaN(percentile)) continue;
            series.Tags["nPercentile"] = PythonText.Repr(percent);
            var values = new double[Math.Max((series.End - series.Start) / series.Step, 0)];
            Array.Fill(values, percentile);
            results.Add(series.Copy($"nPercentile({series.Name}, {PythonText.G(percent)})", values));
        }

        return results;
    }
}
