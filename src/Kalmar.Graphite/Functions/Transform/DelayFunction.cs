using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("delay", "Transform", "seriesList:seriesList, steps:integer",
    "Moves the values so many points later, or earlier when negative. What is not known is missing.")]
internal sealed class DelayFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var steps = call.Int(1);
        var from = series.Values;
        var values = steps == 0 ? [] : new double[from.Length];
        for (var i = 0; i < values.Length; i++) values[i] = i - (long)steps is var at && at >= 0 && at < from.Length ? from[at] : double.NaN;
        series.Tags["delay"] = PythonText.Str((long)steps);
        return series.Copy($"delay({series.Name},{steps})", values);
    }
}
