namespace Kalmar.Testing;

/// <summary>The system's clock, wrong by an amount that can be changed at any time; what passes is right, as with a real clock that is set.</summary>
/// <param name="shift">How far it is ahead (positive) or behind.</param>
public sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    private long _shift = shift.Ticks;

    /// <summary>How far the clock is ahead.</summary>
    public TimeSpan Shift
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _shift));
        set => Interlocked.Exchange(ref _shift, value.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
