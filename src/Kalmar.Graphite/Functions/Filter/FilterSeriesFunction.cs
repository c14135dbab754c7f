namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("filterSeries", "Filter Series", "seriesList:seriesList, func:aggFunc, operator:string, threshold:float",
    "The series for which an aggregation compares to a threshold as asked: =, !=, >, >=, <, <=.")]
internal sealed class FilterSeriesFunction : FilterFunction
{
    /// <inheritdoc/>
    protected override bool Keep(FunctionCall call, Series series) => Compare(Aggregation.Get(call.Text(1))(series.Points()), call.Text(2), call.Float(3));

    private static bool Compare(double value, string how, double threshold) => how switch
    {
        "=" => value == threshold,
        "!=" => value != threshold,
        ">" => value > threshold,
        ">=" => value >= threshold,
        "<" => !(value >= threshold),
        "<=" => !(value > threshold),
        _ => throw new GraphiteException($"Unsupported operator: {how}"),
    };
}
