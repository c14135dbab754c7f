namespace Kalmar.Graphite.Drawing;

/// <summary>What the slices of a pie show of each series.</summary>
internal static class PieSlices
{
    /// <summary>Name and size for each series: its average, maximum or minimum; 0 when it has no value.</summary>
    public static List<(string Name, double Value)> Of(List<Series> data, string mode) => data.ConvertAll(series =>
    {
        var value = mode switch
        {
            "average" => Functions.Aggregation.Average(series.Points()),
            "maximum" => Functions.Aggregation.Max(series.Points()),
            "minimum" => Functions.Aggregation.Min(series.Points()),
            _ => throw new GraphiteException($"pieMode '{mode}' is not one of average, maximum, minimum"),
        };
        return (series.Name, double.IsNaN(value) ? 0 : value);
    });
}
