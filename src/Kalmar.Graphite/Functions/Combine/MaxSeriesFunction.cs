namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("maxSeries", "Combine", "seriesLists:seriesList...", "The greatest value across the series, point by point.", Aggregator = true)]
internal sealed class MaxSeriesFunction() : AggregateShorthand("max");
