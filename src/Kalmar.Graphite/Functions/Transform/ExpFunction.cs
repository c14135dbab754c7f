namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("exp", "Transform", "seriesList:seriesList", "e to the power of every value.")]
internal sealed class ExpFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Tags["exp"] = "e";
        series.Rename($"exp({series.Name})");
        foreach (ref var value in series.Values.AsSpan()) value = Math.Exp(value);
    }
}
