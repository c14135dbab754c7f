namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("consolidateBy", "Special", "seriesList:seriesList, consolidationFunc:string",
    "How several values become one point when there are more values than points: sum, average, min, max, first, last.")]
internal sealed class ConsolidateByFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        Consolidation.Set(series, call.Text(1));
    }
}
