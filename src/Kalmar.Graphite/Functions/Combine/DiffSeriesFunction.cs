namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("diffSeries", "Combine", "seriesLists:seriesList...", "Takes all further series away from the first one.", Aggregator = true)]
internal sealed class DiffSeriesFunction() : AggregateShorthand("diff");
