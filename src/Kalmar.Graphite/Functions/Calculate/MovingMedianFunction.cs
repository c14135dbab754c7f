namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("movingMedian", "Calculate", "seriesList:seriesList, windowSize:intOrInterval, xFilesFactor:float?",
    "The middle value in a window that moves along.", Suggestions = "windowSize: 5, 7, 10, 1min, 5min, 10min, 30min, 1hour")]
internal sealed class MovingMedianFunction : RenderFunction
{
    /// <inheritdoc/>
    public override ValueTask<object?> CallAsync(FunctionCall call) => MovingWindow.CallAsync(call, "median", call.FloatOrNull(2));
}
