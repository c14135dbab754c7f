using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions;

/// <summary>A function such as <c>sumSeriesWithWildcards</c>: series whose names are equal without some of their nodes are combined.</summary>
internal abstract class WildcardShorthand(string function) : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Combine(call.Context, call.List(0), function, call, 1);

    public static List<Series> Combine(RenderContext context, List<Series> list, string function, FunctionCall call, int firstPosition)
    {
        var positions = new HashSet<int>();
        for (var i = firstPosition; i < call.Count; i++) positions.Add(call.Int(i));
        var groups = Grouping.By(list, s => string.Join('.', s.Name.Split('.').Where((_, i) => !positions.Contains(i))));
        var results = new List<Series>(groups.Count);
        foreach (var (key, members) in groups)
        {
            var result = SeriesAggregator.Aggregate(context, members, function)[0];
            result.Name = key;
            results.Add(result);
        }

        return results;
    }
}
