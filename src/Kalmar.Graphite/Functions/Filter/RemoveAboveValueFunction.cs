using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("removeAboveValue", "Filter Data", "seriesList:seriesList, n:float", "Leaves out values above n.")]
internal sealed class RemoveAboveValueFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var limit = call.Float(1);
        series.Rename($"removeAboveValue({series.Name}, {PythonText.G(limit)})");
        foreach (ref var value in series.Values.AsSpan()) value = value > limit ? double.NaN : value;
    }
}
