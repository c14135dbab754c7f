using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("removeBelowPercentile", "Filter Data", "seriesList:seriesList, n:float",
    "Leaves out values below the n-th percentile of the series.")]
internal sealed class RemoveBelowPercentileFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var percent = call.Float(1);
        if (percent == 0) throw call.Wrong(1, "a number above 0");
        series.Rename($"removeBelowPercentile({series.Name}, {PythonText.G(percent)})");
        var percentile = Aggregation.Percentile(series.Values, percent);
        if (double.IsNaN(percentile)) return;
        series.Tags["nPercentile"] = PythonText.Repr(percent);
        foreach (ref var value in series.Values.AsSpan()) value = value < percentile ? double.NaN : value;
    }
}
