namespace Kalmar.Carbon.Pipeline;

/// <summary>A point as a receiver read it.</summary>
/// <param name="name">The series' name, UTF-8, as it was sent.</param>
/// <param name="timestamp">Seconds since 1970.</param>
/// <param name="value">The value.</param>
/// <param name="text">Value and time as they stood in a line, to be passed on as they are; empty when they did not come in a line.</param>
public readonly ref struct IncomingPoint(ReadOnlySpan<byte> name, long timestamp, double value, ReadOnlySpan<byte> text)
{
    /// <summary>The series' name, UTF-8, as it was sent.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>Seconds since 1970.</summary>
    public long Timestamp { get; } = timestamp;

    /// <summary>The value.</summary>
    public double Value { get; } = value;

    /// <summary>Value and time as they stood in a line; may be empty.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The same point of another series.</summary>
    public IncomingPoint Renamed(ReadOnlySpan<byte> name) => new(name, Timestamp, Value, Text);
}
