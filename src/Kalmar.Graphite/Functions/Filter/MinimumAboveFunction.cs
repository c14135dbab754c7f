namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("minimumAbove", "Filter Series", "seriesList:seriesList, n:float", "The series whose least value is above n.")]
internal sealed class MinimumAboveFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => Aggregation.Get("min")(series.Points()) > call.Float(1);
}
