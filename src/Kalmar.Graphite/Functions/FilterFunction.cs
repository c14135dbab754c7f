namespace Kalmar.Graphite.Functions;

/// <summary>A function that keeps some of the series of its first argument.</summary>
internal abstract class FilterFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected sealed override object? Call(FunctionCall call) => call.List(0).Where(s => Keep(call, s)).ToList();

    /// <summary>Whether the series stays.</summary>
    protected abstract bool Keep(FunctionCall call, Series series);
}
