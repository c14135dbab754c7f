namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("divideSeriesLists", "Combine", "dividendSeriesList:seriesList, divisorSeriesList:seriesList",
    "Divides each series of the first list by the one at its place in the second.")]
internal sealed class DivideSeriesListsFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var (list, divisors) = (call.List(0), call.List(1));
        if (list.Count != divisors.Count) throw new GraphiteException("dividendSeriesList and divisorSeriesList argument must have equal length");
        return list.Select((s, i) => Quotient.Of(call.Context, s, divisors[i])).ToList();
    }
}
