namespace Kalmar.Wire;

/// <summary>A time or a duration as Ceph sends it: u32 seconds and u32 nanoseconds. As a time it counts from the Unix epoch in UTC.</summary>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Nanoseconds">The rest, below 10^9 in what sane daemons send.</param>
public readonly record struct Utime(uint Seconds, uint Nanoseconds) : IWireEncodable<Utime>, IComparable<Utime>
{
    /// <summary>True for 0.0, which Ceph uses for "never".</summary>
    public bool IsZero => Seconds == 0 && Nanoseconds == 0;

    /// <summary>The time as a date, with the BCL's precision of 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddSeconds(Seconds).AddTicks(Nanoseconds / 100);

    /// <summary>The value as a duration, with the BCL's precision of 100 ns.</summary>
    public TimeSpan ToTimeSpan() => TimeSpan.FromSeconds(Seconds) + TimeSpan.FromTicks(Nanoseconds / 100);

    /// <summary>A time from a date; what lies outside 1970..2106 is clamped.</summary>
    /// <param name="time">The date.</param>
    public static Utime From(DateTimeOffset time)
    {
        long ticks = Math.Clamp((time - DateTimeOffset.UnixEpoch).Ticks, 0, (long)uint.MaxValue * TimeSpan.TicksPerSecond);
        return new Utime((uint)(ticks / TimeSpan.TicksPerSecond), (uint)(ticks % TimeSpan.TicksPerSecond * 100));
    }

    /// <inheritdoc/>
    public static Utime Read(ref WireReader reader) => new(reader.ReadU32(), reader.ReadU32());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32(Seconds);
        writer.WriteU32(Nanoseconds);
    }

    /// <inheritdoc/>
    public int CompareTo(Utime other) =>
        Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Utime left, Utime right) => left.CompareTo(right) < 0;

    /// <summary>Later than.</summary>
    public static bool operator >(Utime left, Utime right) => left.CompareTo(right) > 0;

    /// <summary>Not later than.</summary>
    public static bool operator <=(Utime left, Utime right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(Utime left, Utime right) => left.CompareTo(right) >= 0;
}
