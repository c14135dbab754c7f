namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("sumSeriesLists", "Combine", "seriesListFirstPos:seriesList, seriesListSecondPos:seriesList", "Adds each series of the second list to the one at its place in the first.", Aggregator = true)]
internal sealed class SumSeriesListsFunction() : PairShorthand("sum");
