using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Writing;
using Kalmar.Collectors;
using Kalmar.Collectors.Hosts;
using Kalmar.Graphite.Finding;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Sources;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Events;
using Microsoft.Extensions.Logging;

namespace Kalmar.Manager.History;

/// <summary>
/// The memory: runs the collectors of this host and of every cluster, keeps their samples in Whisper files and answers queries over files and
/// what is not written yet. Thread-safe. Disposing stops the collectors first and then writes what is in memory.
/// </summary>
public sealed class HistoryService : IAsyncDisposable
{
    private readonly HistorySettings _settings;
    private readonly ClusterDirectory _clusters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CacheSink _sink;
    private readonly HistoryEvents? _events;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<CollectorRunner> _runners = [];
    private readonly Lock _gate = new();
    private Task _clusterTasks = Task.CompletedTask;
    private PeriodicRescan? _rescan;

    /// <summary>Prepares folder, cache and writer; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <param name="settings">What and how.</param>
    /// <param name="clusters">The clusters whose daemons are asked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where what went wrong is told.</param>
    /// <param name="events">Where trouble with the disk is stored as an event, and its end; null for nowhere.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public HistoryService(HistorySettings settings, ClusterDirectory clusters, TimeProvider time, ILogger<HistoryService> logger, IEventLog? events = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _clusters = clusters;
        _time = time;
        _logger = logger;
        Directory.CreateDirectory(settings.Folder);
        _events = events is null ? null : new HistoryEvents(events, time, logger);
        Cache = new MetricCache(settings.MaxCachedPoints);
        Writer = new WhisperWriter(Cache, new WriterOptions { DataFolder = settings.Folder }, settings.Schemas, settings.Aggregation, time)
        {
            OnNotice = notice =>
            {
                ManagerLog.WriterNotice(logger, notice.Message);
                Record(notice);
            },
        };
        Source = new WhisperFolderSource(settings.Folder, new CachePendingPoints(Cache, settings.Schemas), time);
        Renderer = new Renderer(Source);
        Finder = new Finder(Source);
        _sink = new CacheSink(Cache, Source);
    }

    /// <summary>Points that are accepted and not yet written.</summary>
    public MetricCache Cache { get; }

    /// <summary>What brings them to disk.</summary>
    public WhisperWriter Writer { get; }

    /// <summary>All series, on disk and in memory.</summary>
    public WhisperFolderSource Source { get; }

    /// <summary>Answers render requests.</summary>
    public Renderer Renderer { get; }

    /// <summary>Answers find requests.</summary>
    public Finder Finder { get; }

    /// <summary>The branch of this host's series: <c>servers.HOST</c>; null while it is not known or the host is not collected.</summary>
    public string? HostBranch { get; private set; }

    /// <summary>How every collector is doing.</summary>
    public IReadOnlyList<CollectorState> Collectors
    {
        get
        {
            lock (_gate)
            {
                return [.. _runners.SelectMany(r => r.States)];
            }
        }
    }

    /// <summary>Stores an event when a notice says that a disk refuses, or works again. For those who bring points in; what the writer says is stored anyway.</summary>
    /// <param name="notice">The notice.</param>
    public void Record(WriterNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        _events?.Tell(notice);
    }

    /// <summary>Starts writer and collectors.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Writer.Start();
        Source.Rescan();
        _rescan = new PeriodicRescan(Source.Rescan, _settings.Rescan, _time, e => ManagerLog.RescanFailed(_logger, _settings.Folder, e.Message));
        if (_settings.Host)
        {
            HostIdentity host = await HostIdentity.DetectAsync(_time, cancellationToken).ConfigureAwait(false);
            HostBranch = MetricNames.HostBranch(host.ToNode(HostnameMethod.Smart));
            Run(HostCollectors.Create(HostBranch, _time, new HostCollectorOptions { Interval = _settings.Interval }));
        }

        _clusterTasks = Task.WhenAll(_clusters.Monitors.Select(m => CollectClusterAsync(m, _stop.Token)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _clusterTasks.ConfigureAwait(false);
        List<CollectorRunner> runners;
        lock (_gate)
        {
            runners = [.. _runners];
        }

        foreach (CollectorRunner runner in runners)
        {
            await runner.DisposeAsync().ConfigureAwait(false);
        }

        if (_rescan is not null)
        {
            await _rescan.DisposeAsync().ConfigureAwait(false);
        }

        await Writer.DisposeAsync().ConfigureAwait(false);
        if (_events is not null)
        {
            await _events.DisposeAsync().ConfigureAwait(false);
        }

        Source.Dispose();
        _stop.Dispose();
    }

    private async Task CollectClusterAsync(ClusterMonitor monitor, CancellationToken stop)
    {
        try
        {
            ClusterSnapshot known = await monitor.WaitForAsync(s => s.Id is not null, stop).ConfigureAwait(false);
            Run(ClusterCollectors.Create(monitor, known.Id!.Value, _settings, _time));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped before the cluster was ever reached.
            ManagerLog.NeverCollected(_logger, monitor.Snapshot.Name);
        }
    }

    private void Run(IEnumerable<ICollector> collectors)
    {
        var runner = new CollectorRunner(collectors, _sink, _time);
        lock (_gate)
        {
            _runners.Add(runner);
        }

        runner.Start();
    }
}
