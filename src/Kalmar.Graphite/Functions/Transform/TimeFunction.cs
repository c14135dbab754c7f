namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("time,timeFunction", "Transform", "name:string, step:integer?=60", "The time itself, in unix seconds.")]
internal sealed class TimeFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Generated.Series(call, 1, (time, _) => time);
}
