namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("aggregateWithWildcards", "Combine", "seriesList:seriesList, func:aggFunc, position:node?...", "Combines, in the way that is named, the series whose names are the same without the given nodes.")]
internal sealed class AggregateWithWildcardsFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => WildcardShorthand.Combine(call.Context, call.List(0), call.Text(1), call, 2);
}
