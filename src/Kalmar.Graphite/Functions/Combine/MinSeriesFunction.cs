namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("minSeries", "Combine", "seriesLists:seriesList...", "The least value across the series, point by point.", Aggregator = true)]
internal sealed class MinSeriesFunction() : AggregateShorthand("min");
