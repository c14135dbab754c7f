namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("seriesByTag", "Special", "tagExpressions:string...",
    "The series whose tags match all expressions, such as name=cpu or host=~web.*; looked up before functions are called.")]
internal sealed class SeriesByTagFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call) => throw new GraphiteException("seriesByTag is evaluated by itself");
}
