namespace Kalmar.Manager.Events;

/// <summary>
/// What happened, stored and live. Everything throws <see cref="State.StateStoreException"/> when the store cannot be read or written.
/// Thread-safe.
/// </summary>
public interface IEventLog
{
    /// <summary>Stores an event and hands it to all live readers.</summary>
    /// <param name="newEvent">The event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<StoredEvent> AppendAsync(NewEvent newEvent, CancellationToken cancellationToken);

    /// <summary>Stores several events in one transaction.</summary>
    /// <param name="newEvents">The events, in their order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<StoredEvent>> AppendAsync(IReadOnlyList<NewEvent> newEvents, CancellationToken cancellationToken);

    /// <summary>Events, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="page">Counts from 1.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there are in all, and those of the page.</returns>
    Task<(long Count, IReadOnlyList<StoredEvent> Events)> PageAsync(EventFilter filter, int page, int pageSize, CancellationToken cancellationToken);

    /// <summary>Stored events behind one, the oldest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="afterId">The last event that the caller has; 0 for the beginning.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<StoredEvent>> ReadAfterAsync(EventFilter filter, long afterId, int limit, CancellationToken cancellationToken);

    /// <summary>The id of the newest event; 0 when there is none.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<long> LastIdAsync(CancellationToken cancellationToken);

    /// <summary>
    /// All events from a point on, for as long as the reader reads: first what is stored, then each new one. A reader that is too slow loses
    /// nothing: what does not fit into its queue is counted in <see cref="Overflows"/> and read from the store when it catches up.
    /// </summary>
    /// <param name="filter">Which.</param>
    /// <param name="afterId">The last event that the reader has (<c>Last-Event-ID</c>); null for only new ones.</param>
    /// <param name="cancellationToken">Ends the stream with <see cref="OperationCanceledException"/>.</param>
    IAsyncEnumerable<StoredEvent> FollowAsync(EventFilter filter, long? afterId, CancellationToken cancellationToken);

    /// <summary>Removes events that are older than a moment.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were removed.</returns>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>How many live readers there are now.</summary>
    int Readers { get; }

    /// <summary>How many events did not fit into a live reader's queue since the start, and had to be read from the store.</summary>
    long Overflows { get; }
}
