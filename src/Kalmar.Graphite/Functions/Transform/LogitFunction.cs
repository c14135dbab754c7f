namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("logit", "Transform", "seriesList:seriesList",
    "The logarithm of v / (1 - v) for every value v; missing where there is none.")]
internal sealed class LogitFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Tags["logit"] = "logit";
        series.Rename($"logit({series.Name})");
        foreach (ref var value in series.Values.AsSpan())
        {
            var odds = value / (1 - value);
            value = odds > 0 && !double.IsInfinity(odds) ? Math.Log(odds) : double.NaN;
        }
    }
}
