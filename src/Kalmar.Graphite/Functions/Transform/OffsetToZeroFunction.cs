using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("offsetToZero", "Transform", "seriesList:seriesList", "Moves the series so that its least value is 0.")]
internal sealed class OffsetToZeroFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var minimum = Aggregation.Min(series.Values);
        series.Tags["offsetToZero"] = double.IsNaN(minimum) ? "None" : PythonText.Repr(minimum);
        series.Rename($"offsetToZero({series.Name})");
        foreach (ref var value in series.Values.AsSpan()) value = value - minimum;
    }
}
