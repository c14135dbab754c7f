namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("identity", "Calculate", "name:string", "The time itself in steps of a minute.")]
internal sealed class IdentityFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var series = Generated.Row(call.Context, call.Text(0), 60, (time, _) => time);
        series.WholeNumbers = true;
        series.PathExpression = $"identity(\"{call.Text(0)}\")";
        return new List<Series> { series };
    }
}
