namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("movingAverage", "Calculate", "seriesList:seriesList, windowSize:intOrInterval, xFilesFactor:float?", "The mean of the values in a window that moves along.",
    Suggestions = "windowSize: 5, 7, 10, 1min, 5min, 10min, 30min, 1hour")]
internal sealed class MovingAverageFunction : RenderFunction
{
    /// <inheritdoc/>
    public override ValueTask<object?> CallAsync(FunctionCall call) => MovingWindow.CallAsync(call, "average", call.FloatOrNull(2));
}
