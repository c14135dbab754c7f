namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("group", "Combine", "seriesLists:seriesList?...", "Several lists as one.")]
internal sealed class GroupFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => call.Lists(0);
}
