namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("drawAsInfinite", "Graph", "seriesList:seriesList", "Draws vertical lines of full height wherever the series is not 0.")]
internal sealed class DrawAsInfiniteFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Options.DrawAsInfinite = true;
        series.Tags["drawAsInfinite"] = "1";
        series.Name = $"drawAsInfinite({series.Name})";
    }
}
