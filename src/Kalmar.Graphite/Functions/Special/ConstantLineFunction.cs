using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("constantLine", "Special", "value:float", "A flat line.")]
internal sealed class ConstantLineFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var value = call.Float(0);
        var line = Generated.Line(call, value, PythonText.Repr(value));
        line.PathExpression = $"constantLine({line.Name})";
        return new List<Series> { line };
    }
}
