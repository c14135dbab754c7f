namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("removeBetweenPercentile", "Filter Series", "seriesList:seriesList, n:float",
    "The series that leave the middle of all series at least once.")]
internal sealed class RemoveBetweenPercentileFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var list = call.List(0);
        var percent = call.Float(1) is var n && n < 50 ? 100 - n : n;
        var rows = list.ConvertAll(s => s.Points()).ToArray();
        var outside = new bool[rows.Length];
        var column = new double[rows.Length];
        var length = rows.Length == 0 ? 0 : rows.Min(r => r.Length);
        for (var i = 0; i < length; i++)
        {
            SeriesAggregator.Column(rows, i, column);
            var (low, high) = (Aggregation.Percentile(column, 100 - percent), Aggregation.Percentile(column, percent));
            for (var k = 0; k < rows.Length; k++) outside[k] |= column[k] <= low || column[k] >= high;
        }

        return list.Where((_, i) => outside[i]).ToList();
    }
}
