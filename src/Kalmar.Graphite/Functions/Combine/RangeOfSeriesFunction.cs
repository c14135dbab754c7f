namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("rangeOfSeries", "Combine", "seriesLists:seriesList...", "How far the least and the greatest value across the series lie apart, point by point.", Aggregator = true)]
internal sealed class RangeOfSeriesFunction() : AggregateShorthand("rangeOf");
