namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("minimumBelow", "Filter Series", "seriesList:seriesList, n:float", "The series whose least value is n or below.")]
internal sealed class MinimumBelowFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => !(Aggregation.Get("min")(series.Points()) > call.Float(1));
}
