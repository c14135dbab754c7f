namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("averageSeries,avg", "Combine", "seriesLists:seriesList...", "The mean of the series, point by point.", Aggregator = true)]
internal sealed class AverageSeriesFunction() : AggregateShorthand("average");
