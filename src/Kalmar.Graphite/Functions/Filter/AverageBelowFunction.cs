namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("averageBelow", "Filter Series", "seriesList:seriesList, n:float", "The series whose mean is n or below.")]
internal sealed class AverageBelowFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => !(Aggregation.Get("average")(series.Points()) > call.Float(1));
}
