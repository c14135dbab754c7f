namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("squareRoot", "Transform", "seriesList:seriesList", "The square root of every value.")]
internal sealed class SquareRootFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Tags["squareRoot"] = "1";
        series.Rename($"squareRoot({series.Name})");
        foreach (ref var value in series.Values.AsSpan()) value = Power.Of(value, 0.5);
    }
}
