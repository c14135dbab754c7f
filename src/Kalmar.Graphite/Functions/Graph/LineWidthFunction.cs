namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("lineWidth", "Graph", "seriesList:seriesList, width:float", "Draws the series with a line of this width.")]
internal sealed class LineWidthFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Options.LineWidth = call.Float(1);
    }
}
