namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("divideSeries", "Combine", "dividendSeriesList:seriesList, divisorSeries:seriesList", "Divides each series by one series.")]
internal sealed class DivideSeriesFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var divisors = call.List(1);
        var list = call.List(0);
        if (divisors.Count == 1) return list.ConvertAll(s => Quotient.Of(call.Context, s, divisors[0]));
        if (divisors.Count > 1) throw new GraphiteException($"divideSeries second argument must reference exactly 1 series (got {divisors.Count})");
        foreach (var series in list)
        {
            series.Rename($"divideSeries({series.Name},MISSING)");
            Array.Fill(series.Values, double.NaN);
        }

        return list;
    }
}
