using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("scale", "Transform", "seriesList:seriesList, factor:float", "Multiplies every value by a factor.")]
internal sealed class ScaleFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var factor = call.Float(1);
        series.Tags["scale"] = PythonText.Repr(factor);
        series.Rename($"scale({series.Name},{PythonText.G(factor)})");
        foreach (ref var value in series.Values.AsSpan()) value *= factor;
    }
}
