namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("absolute", "Transform", "seriesList:seriesList", "The size of every value without its sign.")]
internal sealed class AbsoluteFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Tags["absolute"] = "1";
        series.Rename($"absolute({series.Name})");
        foreach (ref var value in series.Values.AsSpan()) value = Math.Abs(value);
    }
}
