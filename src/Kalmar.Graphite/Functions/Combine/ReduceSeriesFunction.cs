using Kalmar.Graphite.Targets;

namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("reduceSeries,reduce", "Combine", "seriesLists:seriesLists, reduceFunction:string, reduceNode:node, reduceMatchers:string...",
    "Calls a function for each group of series, with those whose node is one of the matchers as its arguments.")]
internal sealed class ReduceSeriesFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var (name, node) = (call.Text(1), call.Int(2));
        var matchers = Enumerable.Range(3, Math.Max(call.Count - 3, 0)).Select(call.Text).ToList();
        if (!FunctionRegistry.TryGet(name, out var function)) throw new GraphiteException($"Received request for unknown function: {name}");
        var groups = new List<KeyValuePair<string, Series?[]>>();
        foreach (var series in call.List(0))
        {
            var parts = series.Name.Split('.');
            var at = node < 0 ? node + parts.Length : node;
            if (at < 0 || at >= parts.Length) throw new GraphiteException($"reduceSeries: {series.Name} has no node {node}");
            if (matchers.IndexOf(parts[at]) is not (>= 0 and var place)) continue;
            var key = $"{string.Join('.', parts[..at])}.reduce.{name}";
            var group = groups.Find(g => g.Key == key).Value;
            if (group is null) groups.Add(new(key, group = new Series?[matchers.Count]));
            group[place] = series;
        }

        var results = new List<Series>();
        foreach (var (key, members) in groups)
        {
            if (members.Any(m => m is null)) continue;
            var arguments = members.Select(m => (object?)new List<Series> { m! }).ToArray();
            var made = await function.Implementation.CallAsync(new FunctionCall(call.Context, function, new CallNode(name, [], [], name), null, arguments, [])).ConfigureAwait(false);
            if (made is not List<Series> { Count: > 0 } list) continue;
            list[0].Name = key;
            results.Add(list[0]);
        }

        return results;
    }
}
