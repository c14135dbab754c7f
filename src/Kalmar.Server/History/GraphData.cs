namespace Kalmar.Server.History;

/// <summary>A graph with what there is to draw.</summary>
/// <param name="Definition">The graph.</param>
/// <param name="From">The left edge.</param>
/// <param name="Until">The right edge.</param>
/// <param name="Series">The series, named as the legend shall.</param>
/// <param name="Problem">Why there is nothing to draw; null when all is well.</param>
public sealed record GraphData(
    GraphDefinition Definition, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<HistorySeries> Series, string? Problem)
{
    /// <summary>True when there is a point.</summary>
    public bool HasPoints => Series.Any(s => s.Values.Any(double.IsFinite));
}
