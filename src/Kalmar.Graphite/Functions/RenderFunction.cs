namespace Kalmar.Graphite.Functions;

/// <summary>A function of the target language. One instance serves all requests: it holds no state.</summary>
internal abstract class RenderFunction
{
    /// <summary>Evaluates a call.</summary>
    public abstract ValueTask<object?> CallAsync(FunctionCall call);
}
