using Kalmar.Graphite.Tags;

namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("groupByTags", "Combine", "seriesList:seriesList, callback:aggOrSeriesFunc, tags:tag...",
    "Combines the series that share the values of some tags.")]
internal sealed class GroupByTagsFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var list = call.List(0);
        var callback = call.Text(1);
        var tags = Enumerable.Range(2, call.Count - 2).Select(call.Text).ToList();
        var byName = tags.Remove("name");
        while (tags.Remove("name"))
        {
        }

        var names = list.Select(s => s.Tags["name"] ?? string.Empty).Distinct(StringComparer.Ordinal).ToList();
        var common = names.Count == 1 ? names[0] : callback;
        var results = new List<Series>();
        foreach (var (key, members) in Grouping.By(list, KeyOf))
        {
            if (await Grouping.CombineAsync(call.Context, members, callback).ConfigureAwait(false) is not { } result) continue;
            result.Rename(key);
            result.Tags = SeriesTags.OfName(key);
            results.Add(result);
        }

        return results;

        string KeyOf(Series series)
        {
            var parts = tags.Select(t => $"{t}={series.Tags[t] ?? string.Empty}").Order(StringComparer.Ordinal);
            return string.Join(';', parts.Prepend(byName ? series.Tags["name"] ?? string.Empty : common));
        }
    }
}
