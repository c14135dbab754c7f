namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("powSeries", "Combine", "seriesList:seriesList...",
    "The first series to the power of the second, and so on.", Aggregator = true)]
internal sealed class PowSeriesFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var list = call.Lists(0);
        if (Normalized.Of(list) is not { } normal) return new List<Series>();
        var (rows, length) = normal.Points();
        var (values, column) = (new double[length], new double[rows.Length]);
        for (var i = 0; i < length; i++)
        {
            SeriesAggregator.Column(rows, i, column);
            values[i] = column[0];
            foreach (var exponent in column.AsSpan(1)) values[i] = Transform.Power.Of(values[i], exponent);
        }

        return new List<Series>
        {
            new($"powSeries({string.Join(',', list.Select(s => s.Name))})", normal.Start, normal.End, normal.Step, values) { XFilesFactor = call.Context.XFilesFactor },
        };
    }
}
