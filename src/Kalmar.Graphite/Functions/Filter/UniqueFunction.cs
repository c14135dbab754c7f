namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("unique", "Filter Series", "seriesLists:seriesList...", "Of series with the same name only the first.")]
internal sealed class UniqueFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => call.Lists(0).DistinctBy(s => s.Name, StringComparer.Ordinal).ToList();
}
