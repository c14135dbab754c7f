namespace Kalmar.Collectors.Tests;

/// <summary>A clock that goes only when it is told to; its timers fire in the thread that moves it.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _monotonic = TimeSpan.FromDays(1);

    public ManualTime()
        : this(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Waits (in real time) until so many timers are due within some time of this clock.</summary>
    public async Task WaitForTimersAsync(int count, TimeSpan within, CancellationToken cancellationToken)
    {
        while (DueWithin(within) < count)
        {
            await Task.Delay(1, cancellationToken);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _monotonic.Ticks;
        }
    }

    /// <summary>Lets time go by, timer after timer.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan end;
        lock (_gate)
        {
            end = _monotonic + by;
        }

        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
                TimeSpan to = next?.Due is { } due && due > _monotonic ? due : next is null ? end : _monotonic;
                _now += to - _monotonic;
                _monotonic = to;
            }

            if (next is null)
            {
                return;
            }

            next.Fire();
        }
    }

    /// <summary>Sets the wall clock alone, as an administrator or NTP does.</summary>
    public void SetWallClock(DateTimeOffset now)
    {
        lock (_gate)
        {
            _now = now;
        }
    }

    private int DueWithin(TimeSpan within)
    {
        lock (_gate)
        {
            return _timers.Count(timer => timer.Due <= _monotonic + within);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    private sealed class ManualTimer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner._monotonic + dueTime;
            }

            return true;
        }

        public void Fire()
        {
            lock (owner._gate)
            {
                Due = _period > TimeSpan.Zero ? Due + _period : null;
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                Due = null;
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
