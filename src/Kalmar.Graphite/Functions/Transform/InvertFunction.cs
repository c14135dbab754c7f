namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("invert", "Transform", "seriesList:seriesList", "One divided by every value.")]
internal sealed class InvertFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Tags["invert"] = "1";
        series.Rename($"invert({series.Name})");
        foreach (ref var value in series.Values.AsSpan()) value = Power.Of(value, -1);
    }
}
