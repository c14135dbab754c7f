namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("averageOutsidePercentile", "Filter Series", "seriesList:seriesList, n:float",
    "The series whose mean is not among the middle ones.")]
internal sealed class AverageOutsidePercentileFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var list = call.List(0);
        var percent = call.Float(1) is var n && n < 50 ? 100 - n : n;
        var averages = list.ConvertAll(s => Aggregation.Average(s.Points())).ToArray();
        var (low, high) = (Aggregation.Percentile(averages, 100 - percent), Aggregation.Percentile(averages, percent));
        return list.Where((_, i) => !(low < averages[i] && averages[i] < high)).ToList();
    }
}
