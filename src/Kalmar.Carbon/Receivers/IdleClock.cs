namespace Kalmar.Carbon.Receivers;

/// <summary>Ends a read when nothing came for too long (<c>METRIC_CLIENT_IDLE_TIMEOUT</c>); costs nothing when there is no limit.</summary>
internal sealed class IdleClock(TimeSpan? limit, TimeProvider time) : IDisposable
{
    private CancellationTokenSource? _timer;
    private CancellationTokenRegistration _link;

    /// <summary>Whether it was the clock that ended the read.</summary>
    public bool HasRunOut => _timer?.IsCancellationRequested == true && !_outer.IsCancellationRequested;

    private CancellationToken _outer;

    /// <summary>The token for the next read.</summary>
    public CancellationToken Next(CancellationToken outer)
    {
        if (limit is not { } span)
        {
            return outer;
        }

        _outer = outer;
        if (_timer is null || !_timer.TryReset())
        {
            Dispose();
            _timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
            _link = outer.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _timer);
        }

        _timer.CancelAfter(span);
        return _timer.Token;
    }

    public void Dispose()
    {
        _link.Dispose();
        _timer?.Dispose();
    }
}
