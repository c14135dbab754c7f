namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("cumulative", "Special", "seriesList:seriesList", "Adds values up where several become one point.")]
internal sealed class CumulativeFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        Consolidation.Set(series, "sum");
    }
}
