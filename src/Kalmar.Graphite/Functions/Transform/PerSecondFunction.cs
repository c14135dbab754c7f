namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("perSecond", "Transform", "seriesList:seriesList, maxValue:float?, minValue:float?", "The growth of a counter, divided by the seconds between two values.")]
internal sealed class PerSecondFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var values = CounterDelta.Of(series.Points(), call.FloatOrNull(1), call.FloatOrNull(2));
        foreach (ref var value in values.AsSpan()) value = Rounding.Round(value / series.Step, 6);
        series.Tags["perSecond"] = "1";
        return series.Copy($"perSecond({series.Name})", values);
    }
}
