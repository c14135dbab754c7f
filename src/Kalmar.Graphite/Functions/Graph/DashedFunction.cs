using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("dashed", "Graph", "seriesList:seriesList, dashLength:integer?=5", "Draws the series dashed.")]
internal sealed class DashedFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var length = call.Float(1);
        series.Tags["dashed"] = PythonText.Str(call.OrDefault(1));
        series.Name = $"dashed({series.Name}, {PythonText.G(length)})";
        series.Options.Dashed = length;
    }
}
