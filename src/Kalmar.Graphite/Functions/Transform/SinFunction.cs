namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("sin,sinFunction", "Transform", "name:string, amplitude:integer?=1, step:integer?=60",
    "A sine of the time, to try things with.")]
internal sealed class SinFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => Generated.Series(call, 2, (time, _) => Math.Sin(time) * call.Float(1));
}
