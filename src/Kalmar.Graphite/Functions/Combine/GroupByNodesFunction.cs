namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("groupByNodes", "Combine", "seriesList:seriesList, callback:aggOrSeriesFunc, nodes:nodeOrTag?...", "Combines the series that share several nodes of their name, or tags.")]
internal sealed class GroupByNodesFunction : RenderFunction
{
    /// <inheritdoc/>
    public override ValueTask<object?> CallAsync(FunctionCall call) => GroupAsync(call, call.Text(1), call.Rest(2));

    public static async ValueTask<object?> GroupAsync(FunctionCall call, string callback, object?[] nodes)
    {
        var results = new List<Series>();
        foreach (var (key, members) in Grouping.By(call.List(0), s => Naming.Key(s, nodes)))
        {
            if (await Grouping.CombineAsync(call.Context, members, callback).ConfigureAwait(false) is not { } result) continue;
            result.Name = key;
            results.Add(result);
        }

        return results;
    }
}
