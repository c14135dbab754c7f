namespace Kalmar.Graphite.Functions;

/// <summary>A function that needs nothing but its arguments.</summary>
internal abstract class SeriesFunction : RenderFunction
{
    /// <inheritdoc/>
    public sealed override ValueTask<object?> CallAsync(FunctionCall call) => new(Call(call));

    /// <summary>Evaluates a call.</summary>
    protected abstract object? Call(FunctionCall call);
}
