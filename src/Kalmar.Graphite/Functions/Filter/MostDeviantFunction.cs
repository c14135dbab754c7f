namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("mostDeviant", "Filter Series", "seriesList:seriesList, n:integer", "The n series whose values vary most.")]
internal sealed class MostDeviantFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var measured = call.List(0).Where(s => Aggregation.Count(s.Points()) > 0).ToList();
        Ranking.Sort(measured, s => Aggregation.StdDev(s.Points()) is var deviation ? deviation * deviation : 0, descending: true);
        return Ranking.First(measured, call.Int(1));
    }
}
