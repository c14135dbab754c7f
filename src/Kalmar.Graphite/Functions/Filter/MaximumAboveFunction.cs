namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("maximumAbove", "Filter Series", "seriesList:seriesList, n:float", "The series whose greatest value is above n.")]
internal sealed class MaximumAboveFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => Aggregation.Get("max")(series.Points()) > call.Float(1);
}
