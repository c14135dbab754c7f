namespace Kalmar.Carbon.Relays;

/// <summary>What became of the points for one destination.</summary>
public sealed class DestinationCounters
{
    private long _sent;
    private long _attempted;
    private long _batches;
    private long _spooled;
    private long _lost;
    private long _connects;

    /// <summary>Points sent (<c>sent</c>); those sent twice after a broken connection count twice.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Points meant for it (<c>attemptedRelays</c>).</summary>
    public long Attempted => Interlocked.Read(ref _attempted);

    /// <summary>Blocks sent (<c>batchesSent</c>).</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Points that went by way of the disk.</summary>
    public long Spooled => Interlocked.Read(ref _spooled);

    /// <summary>Points lost at the stop because they could neither be sent nor kept.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Connections made.</summary>
    public long Connects => Interlocked.Read(ref _connects);

    internal void AddSent(int points)
    {
        Interlocked.Add(ref _sent, points);
        Interlocked.Increment(ref _batches);
    }

    internal void AddAttempted() => Interlocked.Increment(ref _attempted);

    internal void AddSpooled(int points) => Interlocked.Add(ref _spooled, points);

    internal void AddLost(int points) => Interlocked.Add(ref _lost, points);

    internal void AddConnect() => Interlocked.Increment(ref _connects);
}
