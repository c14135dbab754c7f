namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("mapSeries,map", "Combine", "seriesList:seriesList, mapNodes:nodeOrTag...",
    "Groups the series by nodes of their names or tags, to be reduced.")]
internal sealed class MapSeriesFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Grouping.By(call.List(0), s => Naming.Key(s, call.Rest(1))).ConvertAll(g => g.Value);
}
