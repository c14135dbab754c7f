namespace Kalmar.Carbon.Writing;

/// <summary>So many of something in a time, saved up to a second's or minute's worth. Not thread-safe.</summary>
internal sealed class TokenBucket
{
    private readonly double _capacity;
    private readonly double _perSecond;
    private readonly TimeProvider _time;
    private double _tokens;
    private long _filled;

    /// <param name="capacity">How many can be saved; infinity for no limit.</param>
    /// <param name="perSecond">How many come in a second.</param>
    /// <param name="time">The clock.</param>
    public TokenBucket(double capacity, double perSecond, TimeProvider time)
    {
        _capacity = capacity;
        _perSecond = perSecond;
        _time = time;
        _tokens = capacity;
        _filled = time.GetTimestamp();
    }

    /// <summary>Whether there is a limit at all.</summary>
    public bool IsLimited => !double.IsPositiveInfinity(_capacity);

    /// <summary>Takes one.</summary>
    public bool TryTake()
    {
        if (!IsLimited)
        {
            return true;
        }

        Fill();
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    /// <summary>How long until there is one.</summary>
    public TimeSpan Delay()
    {
        Fill();
        return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / _perSecond);
    }

    private void Fill()
    {
        long now = _time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (_time.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
    }
}
