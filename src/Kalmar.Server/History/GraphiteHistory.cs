using Kalmar.Graphite;
using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Sources;

namespace Kalmar.Server.History;

/// <summary>Reads targets by Graphite's evaluator from the host's source of metrics.</summary>
internal sealed class GraphiteHistory(IMetricSource source) : IHistory
{
    // A page's graphs are few and small: what costs more than this is a mistake in a target.
    private static readonly EvaluationLimits Limits = new() { MaxValues = 2_000_000, MaxSeries = 5_000, MaxWork = 50_000_000, MaxEvaluations = 200 };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HistorySeries>> ReadAsync(
        string target, DateTimeOffset from, DateTimeOffset until, int maxPoints, CancellationToken cancellationToken)
    {
        RenderContext context = new()
        {
            Source = source,
            From = from.ToUnixTimeSeconds(),
            Until = until.ToUnixTimeSeconds(),
            Now = until.ToUnixTimeSeconds(),
            MaxDataPoints = maxPoints,
            Budget = new EvaluationBudget(Limits, cancellationToken),
        };
        try
        {
            List<Series> found = await Evaluator.EvaluateAsync(context, target);
            return [.. found.Select(s => Consolidate(s, maxPoints))];
        }
        catch (GraphiteException e)
        {
            throw new HistoryException(e.Message, e);
        }
    }

    private static HistorySeries Consolidate(Series series, int maxPoints)
    {
        series.ValuesPerPoint = Math.Max(1, (series.Count + maxPoints - 1) / maxPoints);
        return new HistorySeries(series.Name, series.Start, series.Step * series.ValuesPerPoint, series.Points());
    }
}
