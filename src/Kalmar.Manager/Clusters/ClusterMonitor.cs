using System.Runtime.CompilerServices;
using Kalmar.Rados;
using Kalmar.Wire;
using Microsoft.Extensions.Logging;

namespace Kalmar.Manager.Clusters;

/// <summary>
/// Watches one cluster for as long as it lives: follows its maps, asks for what the maps do not tell, and turns all of it into
/// <see cref="ClusterSnapshot"/>s. The only maker of snapshots. It survives the loss of every monitor, a wrong key and a daemon's answer that
/// makes no sense; each of them is part of the snapshot. Thread-safe.
/// </summary>
public sealed partial class ClusterMonitor : IAsyncDisposable
{
    private readonly ClusterMonitorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private ClusterSnapshot _snapshot;
    private TaskCompletionSource _changed = NewSignal();
    private RadosCluster? _cluster;
    private Task? _run;

    /// <summary>Makes a monitor; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="options">How the cluster is watched.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where what went wrong is told.</param>
    public ClusterMonitor(ClusterMonitorOptions options, TimeProvider time, ILogger<ClusterMonitor> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options;
        _time = time;
        _logger = logger;
        DateTimeOffset now = time.GetUtcNow();
        _snapshot = new ClusterSnapshot
        {
            Name = options.Name,
            Changed = now,
            Contact = new ClusterContact(ContactState.Connecting, now, null, null, "looking for a monitor"),
        };
    }

    /// <summary>Raised after each new snapshot, on the thread that made it; handlers must be quick.</summary>
    public event EventHandler<ClusterSnapshot>? SnapshotChanged;

    /// <summary>The newest snapshot.</summary>
    public ClusterSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>The client of the cluster, for commands; null while there is none (the key is refused, ceph.conf cannot be read).</summary>
    public RadosCluster? Cluster => Volatile.Read(ref _cluster);

    /// <summary>Why the last client of the cluster had to be given up; null when that never happened.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>Begins to watch. Called once.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_run is not null)
            {
                throw new InvalidOperationException("the cluster is being watched already");
            }

            _run = RunAsync(_stop.Token);
        }
    }

    /// <summary>Waits for a snapshot that satisfies a condition.</summary>
    /// <param name="condition">The condition; must be quick.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first snapshot that does, perhaps the present one.</returns>
    public async Task<ClusterSnapshot> WaitForAsync(Func<ClusterSnapshot, bool> condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        while (true)
        {
            ClusterSnapshot snapshot;
            Task changed;
            lock (_gate)
            {
                snapshot = _snapshot;
                changed = _changed.Task;
            }

            if (condition(snapshot))
            {
                return snapshot;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Notes that a daemon just said something, to us or in a report.</summary>
    /// <param name="daemon">The daemon.</param>
    public void Heard(DaemonName daemon)
    {
        DateTimeOffset now = _time.GetUtcNow();
        Update(s => s with { LastWord = With(s.LastWord, [daemon], now) });
    }

    /// <summary>Stops watching and closes all connections to the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_run is not null)
        {
            await _run.ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Dictionary<DaemonName, DateTimeOffset> With(
        IReadOnlyDictionary<DaemonName, DateTimeOffset> words, IEnumerable<DaemonName> daemons, DateTimeOffset now)
    {
        var result = new Dictionary<DaemonName, DateTimeOffset>(words);
        foreach (DaemonName daemon in daemons)
        {
            result[daemon] = now;
        }

        return result;
    }

    private void Update(Func<ClusterSnapshot, ClusterSnapshot> change)
    {
        ClusterSnapshot next;
        TaskCompletionSource signal;
        lock (_gate)
        {
            next = change(_snapshot);
            if (ReferenceEquals(next, _snapshot))
            {
                return;
            }

            next = next with { Version = _snapshot.Version + 1, Changed = _time.GetUtcNow() };
            Volatile.Write(ref _snapshot, next);
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
        SnapshotChanged?.Invoke(this, next);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LastFailure = e;
                ManagerLog.ClusterLost(_logger, _options.Name, e.Message);
                bool refused = e is not CephConnectionException;
                SetContact(refused ? ContactState.Refused : Lost(), null, e.Message);
                await WaitAsync(_options.RefusedRetry, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One client's life: ends by an exception when the client cannot go on.</summary>
    private async Task WatchAsync(CancellationToken stop)
    {
        RadosCluster cluster = await _options.Open(stop).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable disposal = cluster.ConfigureAwait(false);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] loops =
        [
            ConnectAndFollowAsync(cluster, life.Token),
            WatchContactAsync(cluster, life.Token),
        ];
        Task ended = await Task.WhenAny(loops).ConfigureAwait(false);
        Volatile.Write(ref _cluster, null);
        await life.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(loops).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ended.IsCanceled)
        {
            // The other loops were told to end; what counts is why the first one did.
        }

        await ended.ConfigureAwait(false);
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken stop)
    {
        try
        {
            await Task.Delay(delay, _time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller looks at the token itself.
        }
    }
}
