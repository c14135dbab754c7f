namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("minMax", "Transform", "seriesList:seriesList", "Brings every series to the range from 0 to 1.")]
internal sealed class MinMaxFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Rename($"minMax({series.Name})");
        var (least, most) = (Aggregation.Min(series.Values), Aggregation.Max(series.Values));
        foreach (ref var value in series.Values.AsSpan()) value = double.IsNaN(value) ? value : most == least ? 0 : (value - least) / (most - least);
    }
}
