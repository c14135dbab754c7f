namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("movingSum", "Calculate", "seriesList:seriesList, windowSize:intOrInterval, xFilesFactor:float?",
    "The sum of the values in a window that moves along.", Suggestions = "windowSize: 5, 7, 10, 1min, 5min, 10min, 30min, 1hour")]
internal sealed class MovingSumFunction : RenderFunction
{
    /// <inheritdoc/>
    public override ValueTask<object?> CallAsync(FunctionCall call) => MovingWindow.CallAsync(call, "sum", call.FloatOrNull(2));
}
