using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Alias;

[RenderFunction("aliasSub", "Alias", "seriesList:seriesList, search:string, replace:string",
    "Replaces in the names what a regular expression matches; \\1 stands for a group.")]
internal sealed class AliasSubFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var regex = PythonRegex.Compile(call.Text(1));
        var list = call.List(0);
        foreach (var series in list) series.Name = PythonRegex.Substitute(regex, call.Text(2), series.Name);
        return list;
    }
}
