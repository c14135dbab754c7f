namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("multiplySeriesLists", "Combine", "seriesListFirstPos:seriesList, seriesListSecondPos:seriesList", "Multiplies each series of the first list by the one at its place in the second.", Aggregator = true)]
internal sealed class MultiplySeriesListsFunction() : PairShorthand("multiply");
