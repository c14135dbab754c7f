namespace Kalmar.Collectors;

/// <summary>
/// Runs collectors, each in a loop of its own at whole multiples of its interval (by the wall clock, so that samples fall on the slots of a
/// Whisper file). A collector that fails or is slow delays nobody but itself: turns that it misses are left out and counted.
/// Thread-safe.
/// </summary>
public sealed class CollectorRunner : IAsyncDisposable
{
    private readonly CollectorLoop[] _loops;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _stopTimeout;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task? _running;
    private bool _disposed;

    /// <summary>Makes a runner; nothing runs until <see cref="Start"/>.</summary>
    /// <param name="collectors">What to run; names have to be unique.</param>
    /// <param name="sink">Where the samples go.</param>
    /// <param name="timeProvider">The clock; null means the system's.</param>
    /// <param name="options">Limits; null means the defaults.</param>
    /// <exception cref="ArgumentException">Two collectors have one name, or an interval is below one second.</exception>
    public CollectorRunner(
        IEnumerable<ICollector> collectors,
        IMetricSink sink,
        TimeProvider? timeProvider = null,
        CollectorRunnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(collectors);
        ArgumentNullException.ThrowIfNull(sink);
        options ??= new CollectorRunnerOptions();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _stopTimeout = options.StopTimeout;
        HashSet<string> names = new(StringComparer.Ordinal);
        List<CollectorLoop> loops = [];
        foreach (ICollector collector in collectors)
        {
            if (!names.Add(collector.Name))
            {
                throw new ArgumentException($"two collectors are named '{collector.Name}'", nameof(collectors));
            }

            if (collector.Interval < TimeSpan.FromSeconds(1))
            {
                throw new ArgumentException($"collector '{collector.Name}' wants to run every {collector.Interval}; the least is one second", nameof(collectors));
            }

            loops.Add(new CollectorLoop(collector, sink, _timeProvider, options.RunTimeout));
        }

        _loops = [.. loops];
    }

    /// <summary>How every collector is doing, in the order they were given.</summary>
    public IReadOnlyList<CollectorState> States => [.. _loops.Select(loop => loop.State)];

    /// <summary>Starts the loops. The first run of each is at its next whole multiple of the interval. A second call does nothing.</summary>
    /// <exception cref="ObjectDisposedException">The runner was disposed.</exception>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            CancellationToken stop = _stop.Token;
            _running ??= Task.WhenAll(_loops.Select(loop => Task.Run(() => loop.RunAsync(stop), CancellationToken.None)));
        }
    }

    /// <summary>Runs every collector once, now, side by side, whether started or not; for a program that reports once, and for tests.</summary>
    /// <param name="cancellationToken">Ends the runs early.</param>
    public Task RunOnceAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_loops.Select(loop => loop.RunOnceAsync(cancellationToken)));

    /// <summary>Stops the loops and waits for them, though no longer than <see cref="CollectorRunnerOptions.StopTimeout"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        Task? running;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            running = _running;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        running ??= Task.CompletedTask;
        if (await Task.WhenAny(running, Task.Delay(_stopTimeout, _timeProvider)).ConfigureAwait(false) != running)
        {
            // What they hold stays theirs: a run that comes back later still finds its semaphore and its token.
            foreach (CollectorLoop loop in _loops)
            {
                loop.NoteAbandoned(_stopTimeout);
            }

            return;
        }

        await running.ConfigureAwait(false);
        _stop.Dispose();
        foreach (CollectorLoop loop in _loops)
        {
            loop.Dispose();
        }
    }
}
