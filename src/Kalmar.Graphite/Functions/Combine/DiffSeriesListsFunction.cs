namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("diffSeriesLists", "Combine", "seriesListFirstPos:seriesList, seriesListSecondPos:seriesList", "Takes each series of the second list from the one at its place in the first.", Aggregator = true)]
internal sealed class DiffSeriesListsFunction() : PairShorthand("diff");
