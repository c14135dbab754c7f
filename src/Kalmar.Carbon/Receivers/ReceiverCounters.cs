namespace Kalmar.Carbon.Receivers;

/// <summary>What receivers took and refused since their start, by reason.</summary>
public sealed class ReceiverCounters
{
    private long _received;
    private long _badLines;
    private long _longLines;
    private long _badFrames;
    private long _longFrames;
    private long _refused;
    private long _nan;
    private long _dropped;
    private long _pauses;
    private long _connections;
    private long _active;
    private long _rejectedConnections;
    private long _idleConnections;

    /// <summary>Points taken (<c>metricsReceived</c>).</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Lines that are not a name, a value and a time.</summary>
    public long BadLines => Interlocked.Read(ref _badLines);

    /// <summary>Lines over the limit, which were skipped.</summary>
    public long LongLines => Interlocked.Read(ref _longLines);

    /// <summary>Pickle or protobuf messages that cannot be read or have what must not be in them.</summary>
    public long BadFrames => Interlocked.Read(ref _badFrames);

    /// <summary>Messages over the limit; their connection was closed.</summary>
    public long LongFrames => Interlocked.Read(ref _longFrames);

    /// <summary>Points that the cache or relay refused for name, value or time.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Values that were NaN, which Carbon leaves out.</summary>
    public long NotANumber => Interlocked.Read(ref _nan);

    /// <summary>Points lost because they came by UDP while the cache was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Times that a connection was not read from because the cache was full.</summary>
    public long Pauses => Interlocked.Read(ref _pauses);

    /// <summary>Connections so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Connections now (<c>activeConnections</c>).</summary>
    public long ActiveConnections => Interlocked.Read(ref _active);

    /// <summary>Connections closed at once because there were too many.</summary>
    public long RejectedConnections => Interlocked.Read(ref _rejectedConnections);

    /// <summary>Connections closed because nothing came for too long.</summary>
    public long IdleConnections => Interlocked.Read(ref _idleConnections);

    internal void Add(ref Batch batch)
    {
        if (batch.Received > 0)
        {
            Interlocked.Add(ref _received, batch.Received);
        }

        if (batch.BadLines > 0)
        {
            Interlocked.Add(ref _badLines, batch.BadLines);
        }

        if (batch.Refused > 0)
        {
            Interlocked.Add(ref _refused, batch.Refused);
        }

        if (batch.NotANumber > 0)
        {
            Interlocked.Add(ref _nan, batch.NotANumber);
        }

        batch = default;
    }

    internal void LongLine() => Interlocked.Increment(ref _longLines);

    internal void BadFrame() => Interlocked.Increment(ref _badFrames);

    internal void LongFrame() => Interlocked.Increment(ref _longFrames);

    internal void Drop() => Interlocked.Increment(ref _dropped);

    internal void Pause() => Interlocked.Increment(ref _pauses);

    internal void Idle() => Interlocked.Increment(ref _idleConnections);

    internal void Reject() => Interlocked.Increment(ref _rejectedConnections);

    internal void Opened()
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _active);
    }

    internal void Closed() => Interlocked.Decrement(ref _active);

    /// <summary>What one buffer of lines gave, added together before it is counted.</summary>
    internal struct Batch
    {
        public int Received;
        public int BadLines;
        public int Refused;
        public int NotANumber;
    }
}
