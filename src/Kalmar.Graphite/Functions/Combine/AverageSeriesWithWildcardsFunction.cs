namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("averageSeriesWithWildcards", "Combine", "seriesList:seriesList, position:node?...", "The mean of the series whose names are the same without the given nodes.", Aggregator = true)]
internal sealed class AverageSeriesWithWildcardsFunction() : WildcardShorthand("average");
