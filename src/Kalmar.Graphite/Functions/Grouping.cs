using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions;

/// <summary>Groups of series, in the order in which the groups are met.</summary>
internal static class Grouping
{
    /// <summary>Groups by a key.</summary>
    public static List<KeyValuePair<string, List<Series>>> By(List<Series> list, Func<Series, string> keyOf)
    {
        var groups = new List<KeyValuePair<string, List<Series>>>();
        var index = new Dictionary<string, List<Series>>(StringComparer.Ordinal);
        foreach (var series in list)
        {
            var key = keyOf(series);
            if (!index.TryGetValue(key, out var members))
            {
                index.Add(key, members = []);
                groups.Add(new(key, members));
            }

            members.Add(series);
        }

        return groups;
    }

    /// <summary>Combines a group by an aggregation's or a function's name; null when nothing comes out.</summary>
    public static async ValueTask<Series?> CombineAsync(RenderContext context, List<Series> members, string callback)
    {
        if (!FunctionRegistry.TryGet(callback, out var function)) return SeriesAggregator.Aggregate(context, members, callback).FirstOrDefault();
        var node = new Targets.CallNode(callback, [], [], callback);
        var result = await function.Implementation.CallAsync(new FunctionCall(context, function, node, null, [members], [])).ConfigureAwait(false);
        return result is List<Series> { Count: > 0 } list ? list[0] : null;
    }
}
