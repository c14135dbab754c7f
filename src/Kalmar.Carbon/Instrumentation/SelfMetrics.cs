using System.Diagnostics;
using Kalmar.Carbon.Aggregation;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Lists;
using Kalmar.Carbon.Queries;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.Routing;
using Kalmar.Carbon.Services;
using Kalmar.Carbon.Writing;

namespace Kalmar.Carbon.Instrumentation;

/// <summary>What a Carbon tells about itself, since the last time, under the names that Carbon has.</summary>
internal sealed class SelfMetrics
{
    private readonly Dictionary<string, double> _before = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _cpuBefore = Process.GetCurrentProcess().TotalProcessorTime;
    private long _timeBefore = Stopwatch.GetTimestamp();

    /// <summary>Names and values.</summary>
    public IReadOnlyList<(string Name, double Value)> Collect(CarbonService service, ListSink? lists, AggregationSink? aggregation, CacheQueryServer? queries)
    {
        string group = service.Options.Program switch
        {
            CarbonProgram.Relay => "relays",
            CarbonProgram.Aggregator => "aggregator",
            _ => "agents",
        };
        string host = Environment.MachineName.Replace('.', '_');
        string prefix = $"{service.Options.MetricPrefix}.{group}.{host}-{service.Options.Instance}.";
        List<(string Name, double Value)> metrics = [];
        Common(service, lists, metrics);
        if (service.Writer is not null)
        {
            Cache(service, queries, metrics);
        }

        foreach (RelaySink relay in new[] { service.Relay, service.Copies }.OfType<RelaySink>())
        {
            Relay(relay, metrics);
        }

        if (aggregation is not null)
        {
            metrics.Add(("allocatedBuffers", aggregation.AllocatedBuffers));
            metrics.Add(("bufferedDatapoints", aggregation.BufferedPoints));
            metrics.Add(("aggregateDatapointsSent", Since("aggregateDatapointsSent", aggregation.Sent)));
        }

        return metrics.ConvertAll(m => (prefix + m.Name, m.Value));
    }

    private void Common(CarbonService service, ListSink? lists, List<(string, double)> metrics)
    {
        using Process process = Process.GetCurrentProcess();
        long now = Stopwatch.GetTimestamp();
        double seconds = Stopwatch.GetElapsedTime(_timeBefore, now).TotalSeconds;
        metrics.Add(("cpuUsage", seconds > 0 ? (process.TotalProcessorTime - _cpuBefore).TotalSeconds / seconds * 100 : 0));
        _cpuBefore = process.TotalProcessorTime;
        _timeBefore = now;
        metrics.Add(("memUsage", process.WorkingSet64));
        metrics.Add(("activeConnections", service.Counters.ActiveConnections));
        metrics.Add(("metricsReceived", Since("metricsReceived", service.Counters.Received)));
        metrics.Add(("blacklistMatches", Since("blacklistMatches", lists?.BlacklistMatches ?? 0)));
        metrics.Add(("whitelistRejects", Since("whitelistRejects", lists?.WhitelistRejects ?? 0)));
        Refusals(service, metrics);
        metrics.Add(("uptime", Stopwatch.GetElapsedTime(_start, now).TotalSeconds));
    }

    /// <summary>What was refused, by reason; Carbon only writes a line to its log.</summary>
    private void Refusals(CarbonService service, List<(string, double)> metrics)
    {
        ReceiverCounters counters = service.Counters;
        (string Name, long Total)[] reasons =
        [
            ("lines", counters.BadLines), ("longLines", counters.LongLines), ("messages", counters.BadFrames), ("longMessages", counters.LongFrames),
            ("nan", counters.NotANumber), ("names", service.Cache?.BadNames ?? 0), ("values", service.Cache?.BadValues ?? 0),
            ("times", service.Cache?.BadTimestamps ?? 0), ("series", service.Cache?.TooManyMetrics ?? 0),
            ("connections", counters.RejectedConnections), ("idleConnections", counters.IdleConnections), ("datagrams", counters.Dropped),
        ];
        foreach ((string name, long total) in reasons)
        {
            metrics.Add(("refused." + name, Since("refused." + name, total)));
        }
    }

    private void Cache(CarbonService service, CacheQueryServer? queries, List<(string, double)> metrics)
    {
        WriterCounters written = service.Writer!.Counters;
        double updates = Since("updateOperations", written.Updates);
        double points = Since("committedPoints", written.Points);
        double time = Since("updateTime", written.UpdateTime.TotalSeconds);
        metrics.Add(("cache.size", service.Cache!.Size));
        metrics.Add(("cache.queues", service.Cache.Queues));
        metrics.Add(("cache.overflow", Since("cache.overflow", service.Cache.Overflow)));
        metrics.Add(("cache.queries", Since("cache.queries", queries?.Queries ?? 0)));
        double bulk = Since("cache.bulk_queries", queries?.BulkQueries ?? 0);
        double bulkMetrics = Since("bulk_metrics", queries?.BulkMetrics ?? 0);
        metrics.Add(("cache.bulk_queries", bulk));
        if (bulk > 0)
        {
            metrics.Add(("cache.bulk_queries_average_size", bulkMetrics / bulk));
        }

        metrics.Add(("updateOperations", updates));
        metrics.Add(("committedPoints", points));
        metrics.Add(("creates", Since("creates", written.Creates)));
        metrics.Add(("droppedCreates", 0));
        metrics.Add(("errors", Since("errors", written.Errors)));
        metrics.Add(("waitingForDisk", service.DiskTrouble is null ? 0 : 1));
        metrics.Add(("lostPoints", Since("lostPoints", written.LostPoints)));
        if (service.Tags is { } tags)
        {
            metrics.Add(("tags.told", Since("tags.told", tags.Told)));
            metrics.Add(("tags.dropped", Since("tags.dropped", tags.Dropped)));
            metrics.Add(("tags.refused", Since("tags.refused", tags.Refused)));
        }

        if (updates > 0)
        {
            metrics.Add(("avgUpdateTime", time / updates));
            metrics.Add(("pointsPerUpdate", points / updates));
        }
    }

    private void Relay(RelaySink relay, List<(string, double)> metrics)
    {
        foreach ((Destination destination, DestinationCounters counters, long waiting, _) in relay.Destinations)
        {
            string name = "destinations." + NodeOf(destination) + ".";
            metrics.Add((name + "sent", Since(name + "sent", counters.Sent)));
            metrics.Add((name + "attemptedRelays", Since(name + "attemptedRelays", counters.Attempted)));
            metrics.Add((name + "batchesSent", Since(name + "batchesSent", counters.Batches)));
            metrics.Add((name + "fullQueueDrops", Since(name + "fullQueueDrops", counters.Lost + counters.Dropped)));
            metrics.Add((name + "resent", Since(name + "resent", counters.Resent)));
            metrics.Add((name + "refused", Since(name + "refused", counters.Refused)));
            metrics.Add((name + "queuedBytes", waiting));
        }
    }

    private static string NodeOf(Destination destination) => destination.ToString().Replace("://", "_", StringComparison.Ordinal).Replace('.', '_').Replace('/', '_');

    private double Since(string name, double total)
    {
        double before = _before.GetValueOrDefault(name);
        _before[name] = total;
        return total - before;
    }
}
