using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("threshold", "Graph", "value:float, label:string?, color:string?", "A flat line with a label and a colour.")]
internal sealed class ThresholdFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var value = call.Float(0);
        var line = Generated.Line(call, value, PythonText.Repr(value));
        line.PathExpression = $"constantLine({line.Name})";
        if (call.TextOrNull(1) is { Length: > 0 } label) line.Name = label;
        if (call.TextOrNull(2) is { Length: > 0 } color) line.Color = color;
        return new List<Series> { line };
    }
}
