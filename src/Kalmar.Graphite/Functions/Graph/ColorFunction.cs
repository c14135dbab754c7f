namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("color", "Graph", "seriesList:seriesList, theColor:string", "Draws the series in a colour: a name or hexadecimal.")]
internal sealed class ColorFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Color = call.Text(1);
    }
}
