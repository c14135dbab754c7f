using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("add", "Transform", "seriesList:seriesList, constant:float", "Adds a number to every value.")]
internal sealed class AddFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var constant = call.Float(1);
        series.Tags["add"] = PythonText.Repr(constant);
        series.Rename($"add({series.Name},{PythonText.D(constant)})");
        foreach (ref var value in series.Values.AsSpan()) value = value + constant;
    }
}
