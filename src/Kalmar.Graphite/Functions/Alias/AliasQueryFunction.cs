using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Alias;

[RenderFunction("aliasQuery", "Alias", "seriesList:seriesList, search:string, replace:string, newName:string",
    "Asks for another series, whose name a replacement gives, and shows its last value in the name.")]
internal sealed class AliasQueryFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var regex = PythonRegex.Compile(call.Text(1));
        var list = call.List(0);
        foreach (var series in list)
        {
            var query = PythonRegex.Substitute(regex, call.Text(2), series.Name);
            var found = await Evaluator.EvaluateAsync(call.Context, query).ConfigureAwait(false);
            if (found.Count == 0) throw new GraphiteException($"No series found with query: {query}");
            var current = Aggregation.Last(found[0].Points());
            if (double.IsNaN(current)) throw new GraphiteException($"Cannot get last value of series: {found[0].Name}");
            series.Name = PythonFormat.Format(call.Text(3), current);
        }

        return list;
    }
}
