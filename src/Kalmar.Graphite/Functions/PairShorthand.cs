using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions;

/// <summary>A function such as <c>sumSeriesLists</c>: the first series of one list with the first of the other, and so on.</summary>
internal abstract class PairShorthand(string function) : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Combine(call.Context, call.List(0), call.List(1), function, null);

    public static List<Series> Combine(RenderContext context, List<Series> first, List<Series> second, string function, double? xFilesFactor)
    {
        if (first.Count != second.Count) throw new GraphiteException("seriesListFirstPos and seriesListSecondPos argument must have equal length");
        var results = new List<Series>(first.Count);
        for (var i = 0; i < first.Count; i++)
        {
            var result = SeriesAggregator.Aggregate(context, [first[i], second[i]], function, xFilesFactor)[0];
            result.Name = $"{result.Name[..result.Name.IndexOf("Series(", StringComparison.Ordinal)]}Series({first[i].Name},{second[i].Name})";
            results.Add(result);
        }

        return results;
    }
}
