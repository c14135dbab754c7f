namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("sumSeries,sum", "Combine", "seriesLists:seriesList...", "Adds the series up, point by point. Missing values count as nothing.", Aggregator = true)]
internal sealed class SumSeriesFunction() : AggregateShorthand("sum");
