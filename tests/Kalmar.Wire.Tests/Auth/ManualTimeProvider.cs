namespace Kalmar.Wire.Tests.Auth;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private TimeSpan _set;

    /// <summary>The present; what it is moved by has passed.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Sets the clock without any time passing.</summary>
    public void Set(DateTimeOffset to)
    {
        _set += to - Now;
        Now = to;
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => (Now - _set).UtcTicks;
}
