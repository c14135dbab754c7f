namespace Kalmar.Collectors;

/// <summary>One collector's loop: waits for the next turn, runs, keeps the state.</summary>
internal sealed class CollectorLoop(ICollector collector, IMetricSink sink, TimeProvider timeProvider, TimeSpan? runTimeout) : IDisposable
{
    private static readonly TimeSpan s_leastTimeout = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile CollectorState _state = new(collector.Name, collector.Interval);

    public CollectorState State => _state;

    public async Task RunAsync(CancellationToken stop)
    {
        DateTimeOffset last = DateTimeOffset.MinValue;
        while (!stop.IsCancellationRequested)
        {
            DateTimeOffset slot = NextSlot(timeProvider.GetUtcNow(), last);
            try
            {
                if (!await WaitUntilAsync(slot, stop).ConfigureAwait(false))
                {
                    continue;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await RunTurnAsync(slot, stop).ConfigureAwait(false);
            last = slot;
        }
    }

    public Task RunOnceAsync(CancellationToken cancellationToken) => RunTurnAsync(Floor(timeProvider.GetUtcNow()), cancellationToken);

    public void NoteAbandoned(TimeSpan waited)
    {
        CollectorState state = _state;
        if (state.IsRunning)
        {
            _state = state with { LastError = $"{collector.Name}: still running {waited.TotalSeconds:0.#} s after it was told to stop; left behind" };
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task RunTurnAsync(DateTimeOffset slot, CancellationToken stop)
    {
        try
        {
            await _turn.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await RunGuardedAsync(slot, stop).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RunGuardedAsync(DateTimeOffset slot, CancellationToken stop)
    {
        TimeSpan limit = runTimeout ?? TimeSpan.FromTicks(Math.Max(s_leastTimeout.Ticks, collector.Interval.Ticks * 3));
        CountingSink counting = new(sink);
        DateTimeOffset began = timeProvider.GetUtcNow();
        long start = timeProvider.GetTimestamp();
        TimeSpan late = began > slot ? began - slot : TimeSpan.Zero;
        string? error = null;
        _state = _state with { IsRunning = true };
        using CancellationTokenSource timeout = new(limit, timeProvider);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            await collector.CollectAsync(counting, slot, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            error = null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            error = $"{collector.Name}: gave up after {limit.TotalSeconds:0.#} s; its source does not answer in time";
        }
        catch (Exception e)
        {
            // Whatever it was, it is this collector's affair alone: it is kept in the state, and the next turn comes.
            error = e is CollectorException ? e.Message : $"{collector.Name}: {e.GetType().Name}: {e.Message}";
        }

        TimeSpan took = timeProvider.GetElapsedTime(start);
        long overruns = (late + took).Ticks / collector.Interval.Ticks;
        CollectorState state = _state;
        _state = state with
        {
            IsRunning = false,
            LastRun = began,
            LastDuration = took,
            LastPoints = counting.Points,
            LastError = error,
            LastErrorTime = error is null ? state.LastErrorTime : began,
            Runs = state.Runs + 1,
            Failures = state.Failures + (error is null ? 0 : 1),
            Overruns = state.Overruns + overruns,
            Points = state.Points + counting.Points,
            NotFinite = state.NotFinite + counting.NotFinite,
        };
        CollectorMetrics.Record(collector.Name, counting.Points, took, overruns, error is not null);
    }

    /// <summary>The first turn after <paramref name="now"/> that is not <paramref name="last"/> itself (a timer may fire a little early); a clock that was set back is followed.</summary>
    private DateTimeOffset NextSlot(DateTimeOffset now, DateTimeOffset last)
    {
        DateTimeOffset next = Floor(now) + collector.Interval;
        return next == last ? next + collector.Interval : next;
    }

    private DateTimeOffset Floor(DateTimeOffset time)
    {
        long sinceEpoch = (time - DateTimeOffset.UnixEpoch).Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(sinceEpoch - (sinceEpoch % collector.Interval.Ticks));
    }

    /// <returns>False when the clock was set back so far that the turn has to be chosen anew.</returns>
    private async Task<bool> WaitUntilAsync(DateTimeOffset slot, CancellationToken stop)
    {
        // By steps of a minute, so that a clock that is set, or a machine that slept, is noticed soon.
        while (slot - timeProvider.GetUtcNow() is { Ticks: > 0 } left)
        {
            if (left > collector.Interval + collector.Interval)
            {
                return false;
            }

            double step = Math.Clamp(Math.Ceiling(left.TotalMilliseconds), 1, 60_000);
            await Task.Delay(TimeSpan.FromMilliseconds(step), timeProvider, stop).ConfigureAwait(false);
        }

        return true;
    }
}
