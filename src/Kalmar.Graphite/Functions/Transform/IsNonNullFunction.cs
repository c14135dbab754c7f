namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("isNonNull", "Transform", "seriesList:seriesList",
    "1 where there is a value, 0 where it is missing. Summed up, it counts who reports.")]
internal sealed class IsNonNullFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Tags["isNonNull"] = "1";
        series.Rename($"isNonNull({series.Name})");
        series.WholeNumbers = true;
        foreach (ref var value in series.Values.AsSpan()) value = double.IsNaN(value) ? 0 : 1;
    }
}
