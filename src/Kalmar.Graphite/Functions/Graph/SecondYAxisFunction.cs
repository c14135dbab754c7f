namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("secondYAxis", "Graph", "seriesList:seriesList", "Measures the series on the right axis.")]
internal sealed class SecondYAxisFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Options.SecondYAxis = true;
        series.Tags["secondYAxis"] = "1";
        series.Name = $"secondYAxis({series.Name})";
    }
}
