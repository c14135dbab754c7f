namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("movingWindow", "Calculate", "seriesList:seriesList, windowSize:intOrInterval, func:aggFunc?=average, xFilesFactor:float?",
    "Any aggregation of the values in a window that moves along.", Suggestions = "windowSize: 5, 7, 10, 1min, 5min, 10min, 30min, 1hour")]
internal sealed class MovingWindowFunction : RenderFunction
{
    /// <inheritdoc/>
    public override ValueTask<object?> CallAsync(FunctionCall call) => MovingWindow.CallAsync(call, call.Text(2), call.FloatOrNull(3));
}
