using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("exclude", "Filter Series", "seriesList:seriesList, pattern:string",
    "The series whose name does not match a regular expression.")]
internal sealed class ExcludeFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var regex = PythonRegex.Compile(call.Text(1));
        return call.List(0).Where(s => !PythonRegex.Search(regex, s.Name)).ToList();
    }
}
