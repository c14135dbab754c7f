namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("removeEmptySeries", "Filter Series", "seriesList:seriesList, xFilesFactor:float?",
    "Leaves out series without values, or with fewer than a share of them.")]
internal sealed class RemoveEmptySeriesFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => Aggregation.Enough(Aggregation.Count(series.Points()), series.Points().Length, call.FloatOrNull(1) ?? 0);
}
