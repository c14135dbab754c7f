namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("integral", "Transform", "seriesList:seriesList", "The sum of all values so far.")]
internal sealed class IntegralFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var sum = 0.0;
        var values = Array.ConvertAll(series.Points(), v => double.IsNaN(v) ? v : sum += v);
        series.Tags["integral"] = "1";
        return series.Copy($"integral({series.Name})", values);
    }
}
