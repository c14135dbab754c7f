namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("countSeries", "Combine", "seriesLists:seriesList?...", "How many series there are.", Aggregator = true)]
internal sealed class CountSeriesFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        if (call.Count == 0)
        {
            var line = Generated.Line(call, 0, "0");
            line.PathExpression = "countSeries()";
            line.WholeNumbers = true;
            return new List<Series> { line };
        }

        var list = call.Lists(0);
        if (Normalized.Of(list) is not { } normal) return new List<Series>();
        var values = new double[normal.Points().Length];
        Array.Fill(values, list.Count);
        return new List<Series>
        {
            new($"countSeries({Naming.PathExpressions(list)})", normal.Start, normal.End, normal.Step, values) { XFilesFactor = call.Context.XFilesFactor, WholeNumbers = true },
        };
    }
}
