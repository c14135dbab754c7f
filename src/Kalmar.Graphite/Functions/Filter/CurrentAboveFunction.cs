namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("currentAbove", "Filter Series", "seriesList:seriesList, n:float", "The series whose last value is above n.")]
internal sealed class CurrentAboveFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => Aggregation.Get("last")(series.Points()) > call.Float(1);
}
