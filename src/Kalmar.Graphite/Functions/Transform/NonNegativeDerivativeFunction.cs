namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("nonNegativeDerivative", "Transform", "seriesList:seriesList, maxValue:float?, minValue:float?",
    "The growth of a counter from each value to the next; a fall counts as a wrap when the counter's greatest value is given, and as unknown otherwise.")]
internal sealed class NonNegativeDerivativeFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var values = CounterDelta.Of(series.Points(), call.FloatOrNull(1), call.FloatOrNull(2));
        series.Tags["nonNegativeDerivative"] = "1";
        return series.Copy($"nonNegativeDerivative({series.Name})", values);
    }
}
