using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("round", "Transform", "seriesList:seriesList, precision:integer?=0", "Rounds every value to a number of decimals.")]
internal sealed class RoundFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var decimals = call.HasValue(1) ? call.Int(1) : 0;
        series.Tags["round"] = PythonText.Str((long)decimals);
        series.Rename(call.HasValue(1) ? $"round({series.Name},{PythonText.G(decimals)})" : $"round({series.Name})");
        foreach (ref var value in series.Values.AsSpan()) value = Rounding.Round(value, decimals);
    }
}
