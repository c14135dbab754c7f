using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("percentileOfSeries", "Combine", "seriesList:seriesList, n:float, interpolate:boolean?=False",
    "The value below which n percent of the series lie, point by point.")]
internal sealed class PercentileOfSeriesFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var percent = call.Float(1);
        if (percent <= 0) throw new GraphiteException("The requested percent is required to be greater than 0");
        var list = call.List(0);
        if (Normalized.Of(list) is not { } normal) return new List<Series>();
        var (rows, length) = normal.Points();
        var (values, column, interpolate) = (new double[length], new double[rows.Length], call.Flag(2));
        for (var i = 0; i < length; i++)
        {
            SeriesAggregator.Column(rows, i, column);
            values[i] = Aggregation.Percentile(column, percent, interpolate);
        }

        return new List<Series>
        {
            new($"percentileOfSeries({list[0].PathExpression},{PythonText.G(percent)})", normal.Start, normal.End, normal.Step, values) { XFilesFactor = call.Context.XFilesFactor },
        };
    }
}
