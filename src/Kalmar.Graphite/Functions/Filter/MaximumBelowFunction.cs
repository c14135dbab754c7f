namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("maximumBelow", "Filter Series", "seriesList:seriesList, n:float", "The series whose greatest value is n or below.")]
internal sealed class MaximumBelowFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => !(Aggregation.Get("max")(series.Points()) > call.Float(1));
}
