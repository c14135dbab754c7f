namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("sigmoid", "Transform", "seriesList:seriesList", "The logistic function of every value: between 0 and 1.")]
internal sealed class SigmoidFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Tags["sigmoid"] = "sigmoid";
        series.Rename($"sigmoid({series.Name})");
        foreach (ref var value in series.Values.AsSpan()) value = 1 / (1 + Math.Exp(-value));
    }
}
