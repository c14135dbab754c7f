namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("stddevSeries", "Combine", "seriesLists:seriesList...", "The standard deviation across the series, point by point.", Aggregator = true)]
internal sealed class StddevSeriesFunction() : AggregateShorthand("stddev");
