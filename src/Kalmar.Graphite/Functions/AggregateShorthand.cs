namespace Kalmar.Graphite.Functions;

/// <summary>A function such as <c>sumSeries</c>: all series of all arguments combined in one fixed way.</summary>
internal abstract class AggregateShorthand(string function) : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => SeriesAggregator.Aggregate(call.Context, call.Lists(0), function);
}
