namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("multiplySeriesWithWildcards", "Combine", "seriesList:seriesList, position:node?...", "The product of the series whose names are the same without the given nodes.", Aggregator = true)]
internal sealed class MultiplySeriesWithWildcardsFunction() : WildcardShorthand("multiply");
