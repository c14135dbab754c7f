using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("scaleToSeconds", "Transform", "seriesList:seriesList, seconds:float",
    "Turns values per step into values per so many seconds.")]
internal sealed class ScaleToSecondsFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var seconds = call.Float(1);
        series.Tags["scaleToSeconds"] = PythonText.Repr(seconds);
        series.Rename($"scaleToSeconds({series.Name},{PythonText.D(seconds)})");
        var factor = seconds / series.Step;
        foreach (ref var value in series.Values.AsSpan()) value = Rounding.Round(value * factor, 6);
    }
}
