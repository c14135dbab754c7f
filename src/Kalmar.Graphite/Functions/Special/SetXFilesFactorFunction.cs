using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("setXFilesFactor,xFilesFactor", "Special", "seriesList:seriesList, xFilesFactor:float",
    "Which share of values must be known where several become one.")]
internal sealed class SetXFilesFactorFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var factor = call.Float(1);
        call.Context.XFilesFactor = factor;
        var list = call.List(0);
        foreach (var series in list)
        {
            series.XFilesFactor = factor;
            series.Tags["xFilesFactor"] = PythonText.Repr(factor);
        }

        return list;
    }
}
