namespace Kalmar.Graphite.Events;

/// <summary>Keeps events: things that happened at a moment, with tags.</summary>
public interface IEventStore
{
    /// <summary>Stores an event and returns it with its number.</summary>
    ValueTask<GraphiteEvent> AddAsync(GraphiteEvent happened, CancellationToken cancellationToken);

    /// <summary>The event with this number, or null.</summary>
    ValueTask<GraphiteEvent?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>The events of a window in the order of their time.</summary>
    ValueTask<IReadOnlyList<GraphiteEvent>> FindAsync(EventQuery query, CancellationToken cancellationToken);
}
