using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("pow", "Transform", "seriesList:seriesList, factor:float", "Every value to the power of a number.")]
internal sealed class PowFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var factor = call.Float(1);
        series.Tags["pow"] = PythonText.Repr(factor);
        series.Rename($"pow({series.Name},{PythonText.G(factor)})");
        foreach (ref var value in series.Values.AsSpan()) value = Power.Of(value, factor);
    }
}
