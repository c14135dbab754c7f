namespace Kalmar.Graphite.Events;

/// <summary>Events in memory: for tests, and where nothing is to be kept. Safe for several threads; the oldest are dropped beyond the capacity.</summary>
public sealed class MemoryEventStore(int capacity = 100_000) : IEventStore
{
    private readonly Lock _gate = new();
    private readonly List<GraphiteEvent> _events = [];
    private long _last;

    /// <summary>How many events were dropped to make room.</summary>
    public long Dropped { get; private set; }

    /// <inheritdoc/>
    public ValueTask<GraphiteEvent> AddAsync(GraphiteEvent happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        lock (_gate)
        {
            if (_events.Count >= capacity)
            {
                _events.RemoveAt(0);
                Dropped++;
            }

            var stored = happened with { Id = ++_last };
            _events.Add(stored);
            return new(stored);
        }
    }

    /// <inheritdoc/>
    public ValueTask<GraphiteEvent?> GetAsync(long id, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_events.Find(e => e.Id == id));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<GraphiteEvent>> FindAsync(EventQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate) return new(_events.Where(query.Matches).OrderBy(e => e.When).Take(query.Limit).ToList());
    }
}
