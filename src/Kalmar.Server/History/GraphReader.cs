using Kalmar.Manager.Clusters;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server.History;

/// <summary>
/// Reads the graphs of a cluster's overview. All pages that look within a few seconds share one reading, and a page waits only shortly
/// for it: a slow disk makes graphs late, never the page. Thread-safe.
/// </summary>
internal sealed class GraphReader(IHistory history, TimeProvider time, ILogger<GraphReader> logger)
{
    private const int MaxPoints = 180;
    private const int MaxSeries = 8;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<ClusterId, Reading> _readings = [];

    /// <summary>The graphs of a cluster's last hour. What is not read in time is marked so.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<GraphData>> ReadAsync(ClusterId cluster, CancellationToken cancellationToken)
    {
        Reading reading = Current(cluster);
        try
        {
            return await reading.Graphs.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The last reading that came to its end is better than none; it ends at its own time, which the axis shows.
            return reading.Before ?? [.. ClusterGraphs.Of(cluster).Select(g => Empty(g, "the history is slow to answer"))];
        }
    }

    private Reading Current(ClusterId cluster)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            if (_readings.TryGetValue(cluster, out Reading? last) && (!last.Graphs.IsCompleted || now - last.Started < Fresh))
            {
                return last;
            }

            IReadOnlyList<GraphData>? before = last is { Graphs.IsCompletedSuccessfully: true } ? last.Graphs.Result : last?.Before;
            Reading reading = new(now, ReadAllAsync(cluster, Align(now)), before);
            _readings[cluster] = reading;
            return reading;
        }
    }

    // The window moves in steps of a consolidated point: the same values always share a point, and the lines do not tremble.
    private static DateTimeOffset Align(DateTimeOffset now)
    {
        long step = Window.Ticks / MaxPoints;
        return new DateTimeOffset((now.Ticks + step - 1) / step * step, now.Offset);
    }

    // Never fails: what goes wrong stands on the graph.
    private async Task<IReadOnlyList<GraphData>> ReadAllAsync(ClusterId cluster, DateTimeOffset now)
    {
        await Task.Yield();
        using CancellationTokenSource timeout = new(ReadTimeout, time);
        List<GraphData> graphs = [];
        foreach (GraphDefinition graph in ClusterGraphs.Of(cluster))
        {
            graphs.Add(await ReadOneAsync(graph, now, timeout.Token));
        }

        return graphs;
    }

    private async Task<GraphData> ReadOneAsync(GraphDefinition graph, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset from = now - Window;
        List<HistorySeries> series = [];
        try
        {
            foreach (GraphLine line in graph.Lines)
            {
                IReadOnlyList<HistorySeries> found = await history.ReadAsync(line.Target, from, now, MaxPoints, cancellationToken);
                series.AddRange(found.Select(s => line.Label is null ? s : s with { Name = line.Label }));
            }

            return new GraphData(graph, from, now, [.. series.Take(MaxSeries)], null);
        }
        catch (HistoryException e)
        {
            ServerLog.HistoryRefused(logger, graph.Title, e.Message);
            return new GraphData(graph, from, now, [], e.Message);
        }
        catch (Exception e)
        {
            // Whatever is wrong with the history, the state of the cluster beside it must be seen.
            ServerLog.HistoryFailed(logger, graph.Title, e);
            return new GraphData(graph, from, now, [], "the history did not answer");
        }
    }

    private GraphData Empty(GraphDefinition graph, string problem)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new GraphData(graph, now - Window, now, [], problem);
    }

    private sealed record Reading(DateTimeOffset Started, Task<IReadOnlyList<GraphData>> Graphs, IReadOnlyList<GraphData>? Before);
}
