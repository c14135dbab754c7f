namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("sumSeriesWithWildcards", "Combine", "seriesList:seriesList, position:node?...", "Adds up the series whose names are the same without the given nodes.", Aggregator = true)]
internal sealed class SumSeriesWithWildcardsFunction() : WildcardShorthand("sum");
