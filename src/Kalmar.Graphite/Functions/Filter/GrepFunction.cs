using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("grep", "Filter Series", "seriesList:seriesList, pattern:string", "The series whose name matches a regular expression.")]
internal sealed class GrepFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var regex = PythonRegex.Compile(call.Text(1));
        return call.List(0).Where(s => PythonRegex.Search(regex, s.Name)).ToList();
    }
}
