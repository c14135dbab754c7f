namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("currentBelow", "Filter Series", "seriesList:seriesList, n:float", "The series whose last value is n or below.")]
internal sealed class CurrentBelowFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => !(Aggregation.Get("last")(series.Points()) > call.Float(1));
}
