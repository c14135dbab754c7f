namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("multiplySeries", "Combine", "seriesLists:seriesList...", "The product of the series, point by point; missing where one of them is.", Aggregator = true)]
internal sealed class MultiplySeriesFunction() : AggregateShorthand("multiply")
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => call.Count == 1 && call.List(0) is { Count: 1 } single ? single : base.Call(call);
}
