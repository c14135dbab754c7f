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
    private long _resent;
    private long _refused;
    private long _retries;
    private long _dropped;

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

    /// <summary>Points sent once more, because their connection broke before it was certain that they had arrived.</summary>
    public long Resent => Interlocked.Read(ref _resent);

    /// <summary>Points given up because the destination said that it will never take them (remote-write, 4xx).</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Requests made again after a failure (remote-write).</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Copies not taken because memory and disk were full (<c>fullQueueDrops</c>); only of destinations beside the store.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    internal void AddResent(int points) => Interlocked.Add(ref _resent, points);

    internal void AddRefused(int points) => Interlocked.Add(ref _refused, points);

    internal void AddRetry() => Interlocked.Increment(ref _retries);

    internal void AddDropped() => Interlocked.Increment(ref _dropped);

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
