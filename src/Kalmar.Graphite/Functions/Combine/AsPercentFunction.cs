using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("asPercent,pct", "Combine", "seriesList:seriesList, total:any?, nodes:nodeOrTag?...",
    "Each series as a share of a total: of their sum, of another series, of a list of them, or of a number; with nodes, group by group.", Aggregator = true)]
internal sealed class AsPercentFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var list = call.List(0);
        if (Normalized.Of(list) is null) return new List<Series>();
        if (call.Rest(2) is { Length: > 0 } nodes) return ByNode(call, list, nodes);
        if (!call.HasValue(1)) return Against(call, list, Sum(list), $"sumSeries({Naming.PathExpressions(list)})");
        if (call.Raw(1) is not List<Series> total)
        {
            var number = call.Float(1);
            var row = new double[list[0].Count];
            Array.Fill(row, number);
            return Against(call, list, row, PythonText.Str(call.Raw(1)));
        }

        if (total.Count != 1 && total.Count != list.Count)
        {
            throw new GraphiteException(
                "asPercent second argument must be missing, a single digit, reference exactly 1 series or reference the same number of series as the first argument");
        }

        if (total.Count == list.Count) return Pairwise(call, list, total);
        Normalized.Of([.. list, .. total]);
        return Against(call, list, total[0].Points(), total[0].Name);
    }

    private static List<Series> Pairwise(FunctionCall call, List<Series> list, List<Series> total)
    {
        var results = new List<Series>(list.Count);
        foreach (var (one, all) in list.OrderBy(s => s.Name, StringComparer.Ordinal).Zip(total.OrderBy(s => s.Name, StringComparer.Ordinal)))
            results.Add(Share(call, one, all));
        return results;
    }

    private static List<Series> Against(FunctionCall call, List<Series> list, double[] total, string text)
    {
        var results = new List<Series>(list.Count);
        foreach (var one in list)
        {
            var values = Percent(one.Points(), total);
            results.Add(new Series($"asPercent({one.Name},{text})", one.Start, one.End, one.Step, values) { XFilesFactor = call.Context.XFilesFactor });
        }

        return results;
    }

    private static List<Series> ByNode(FunctionCall call, List<Series> list, object?[] nodes)
    {
        var groups = Grouping.By(list, s => Naming.Key(s, nodes));
        var keys = groups.ConvertAll(g => g.Key);
        var members = groups.ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
        Dictionary<string, Series> totals = new(StringComparer.Ordinal);
        if (!call.HasValue(1))
        {
            foreach (var (key, group) in groups) totals[key] = Total(call, group);
        }
        else if (call.Raw(1) is List<Series> total)
        {
            foreach (var (key, group) in Grouping.By(total, s => Naming.Key(s, nodes)))
            {
                totals[key] = Total(call, group);
                if (!members.ContainsKey(key)) keys.Add(key);
            }
        }
        else throw new GraphiteException("total must be None or a seriesList");

        var results = new List<Series>();
        foreach (var key in keys)
        {
            if (!members.TryGetValue(key, out var group))
            {
                var alone = totals[key];
                results.Add(Nothing(call, $"asPercent(MISSING,{alone.Name})", alone));
                continue;
            }

            foreach (var one in group)
                results.Add(totals.TryGetValue(key, out var all) ? Share(call, one, all) : Nothing(call, $"asPercent({one.Name},MISSING)", one));
        }

        return results;
    }

    private static Series Nothing(FunctionCall call, string name, Series like)
    {
        var values = new double[like.Points().Length];
        Array.Fill(values, double.NaN);
        return new Series(name, like.Start, like.End, like.Step, values) { XFilesFactor = call.Context.XFilesFactor };
    }

    private static Series Total(FunctionCall call, List<Series> group)
    {
        if (group.Count == 1) return group[0];
        var normal = Normalized.Of(group)!;
        return new Series($"sumSeries({Naming.PathExpressions(group)})", normal.Start, normal.End, normal.Step, Sum(group)) { XFilesFactor = call.Context.XFilesFactor };
    }

    private static Series Share(FunctionCall call, Series one, Series all)
    {
        var normal = Normalized.Of([one, all])!;
        var values = Percent(one.Points(), all.Points());
        return new Series($"asPercent({one.Name},{all.Name})", normal.Start, normal.End, normal.Step, values) { XFilesFactor = call.Context.XFilesFactor };
    }

    private static double[] Sum(List<Series> list)
    {
        var rows = list.ConvertAll(s => s.Points()).ToArray();
        return SeriesAggregator.Combine(rows, rows.Max(r => r.Length), "sum", Aggregation.Sum, 0);
    }

    private static double[] Percent(double[] values, double[] total)
    {
        var result = new double[Math.Max(values.Length, total.Length)];
        for (var i = 0; i < result.Length; i++)
        {
            var whole = i < total.Length ? total[i] : double.NaN;
            result[i] = i < values.Length && whole != 0 ? values[i] / whole * 100.0 : double.NaN;
        }

        return result;
    }
}
