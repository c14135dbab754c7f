using Kalmar.Manager.Clusters;
using Kalmar.Manager.Events.Differences;
using Kalmar.Manager.State;
using Microsoft.Extensions.Logging;

namespace Kalmar.Manager.Events;

/// <summary>Watches the snapshots of all clusters and writes an event for every difference that matters; also over a restart.</summary>
public sealed class Eventer : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly StateStore _state;
    private readonly ClusterDirectory _clusters;
    private readonly EventerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    /// <summary>Makes an eventer; nothing happens before <see cref="StartAsync"/>.</summary>
    /// <param name="state">Where events are stored.</param>
    /// <param name="clusters">The watched clusters.</param>
    /// <param name="options">How events are made and kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where what went wrong is told.</param>
    public Eventer(StateStore state, ClusterDirectory clusters, EventerOptions options, TimeProvider time, ILogger<Eventer> logger)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _state = state;
        _clusters = clusters;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Writes that the server was started, and begins to watch. Called once.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StateStoreException">The store cannot be written.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _state.Events.AppendAsync(new NewEvent(EventSeverity.Info, EventKinds.ServerStarted, "Kalmar server started"), cancellationToken).ConfigureAwait(false);
        _run = Task.WhenAll([PruneAsync(_stop.Token), .. _clusters.Monitors.Select(m => WatchAsync(m, _stop.Token))]);
    }

    /// <summary>Stops watching.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(ClusterMonitor monitor, CancellationToken stop)
    {
        ClusterEssence? before = null;
        bool loaded = false;
        long seen = -1;
        while (true)
        {
            try
            {
                ClusterSnapshot snapshot = await monitor.WaitForAsync(s => s.Version != seen && s.Id is not null, stop).ConfigureAwait(false);
                string cluster = snapshot.Id!.Value.ToString();
                if (!loaded)
                {
                    before = await _state.EventerMemory.LoadAsync(cluster, stop).ConfigureAwait(false);
                    loaded = true;
                }

                ClusterEssence after = EssenceReader.Read(snapshot, before, _time.GetUtcNow());
                IReadOnlyList<NewEvent> events = new EssenceComparer(snapshot, before ?? new ClusterEssence(), after).Compare();
                if (events.Count > 0 || before is null)
                {
                    await _state.EventerMemory.SaveAsync(cluster, after, events, stop).ConfigureAwait(false);
                }

                before = after;
                seen = snapshot.Version;
                await Task.Delay(_options.Settle, _time, stop).ConfigureAwait(false);
            }
            catch (StateStoreException e)
            {
                // Nothing was written and nothing forgotten: the same difference is found again.
                ManagerLog.EventsNotStored(_logger, monitor.Snapshot.Name, e.Message);
                await Task.Delay(AfterFailure, _time, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task PruneAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await _state.Events.PruneAsync(_time.GetUtcNow() - _options.Retention, stop).ConfigureAwait(false);
            }
            catch (StateStoreException e)
            {
                ManagerLog.EventsNotStored(_logger, "(all)", e.Message);
            }

            await Task.Delay(Hour, _time, stop).ConfigureAwait(false);
        }
    }
}
