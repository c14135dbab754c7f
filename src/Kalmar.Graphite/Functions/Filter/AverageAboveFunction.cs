namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("averageAbove", "Filter Series", "seriesList:seriesList, n:float", "The series whose mean is above n.")]
internal sealed class AverageAboveFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => Aggregation.Get("average")(series.Points()) > call.Float(1);
}
