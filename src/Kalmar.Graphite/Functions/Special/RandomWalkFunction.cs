namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("randomWalk,randomWalkFunction", "Special", "name:string, step:integer?=60",
    "Values that go up and down by chance, to try things with.")]
internal sealed class RandomWalkFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var current = 0.0;
        return Generated.Series(call, 1, (_, i) => i == 0 ? 0 : current += Random.Shared.NextDouble() - 0.5);
    }
}
