namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("movingMax", "Calculate", "seriesList:seriesList, windowSize:intOrInterval, xFilesFactor:float?",
    "The greatest value in a window that moves along.", Suggestions = "windowSize: 5, 7, 10, 1min, 5min, 10min, 30min, 1hour")]
internal sealed class MovingMaxFunction : RenderFunction
{
    /// <inheritdoc/>
    public override ValueTask<object?> CallAsync(FunctionCall call) => MovingWindow.CallAsync(call, "max", call.FloatOrNull(2));
}
