using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("offset", "Transform", "seriesList:seriesList, factor:float", "Moves every value up by a number.")]
internal sealed class OffsetFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var factor = call.Float(1);
        series.Tags["offset"] = PythonText.Repr(factor);
        series.Rename($"offset({series.Name},{PythonText.G(factor)})");
        foreach (ref var value in series.Values.AsSpan()) value = value + factor;
    }
}
