namespace Kalmar.Graphite.Functions.Alias;

[RenderFunction("aliasByMetric", "Alias", "seriesList:seriesList", "Shows each series under the last part of its path.")]
internal sealed class AliasByMetricFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Name = Special.SubstrFunction.Cut(series.Name, -1, 0);
    }
}
