namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("derivative", "Transform", "seriesList:seriesList", "The change from each value to the next.")]
internal sealed class DerivativeFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var from = series.Points();
        var values = new double[from.Length];
        var previous = double.NaN;
        for (var i = 0; i < from.Length; i++)
        {
            values[i] = from[i] - previous;
            previous = from[i];
        }

        series.Tags["derivative"] = "1";
        return series.Copy($"derivative({series.Name})", values);
    }
}
