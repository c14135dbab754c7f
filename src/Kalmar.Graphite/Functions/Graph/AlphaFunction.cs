namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("alpha", "Graph", "seriesList:seriesList, alpha:float", "Draws the series with an opacity between 0 and 1.")]
internal sealed class AlphaFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Options.Alpha = call.Float(1);
    }
}
