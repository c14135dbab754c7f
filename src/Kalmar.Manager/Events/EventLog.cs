using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Kalmar.Manager.State;

namespace Kalmar.Manager.Events;

/// <summary>Events in table <c>events</c>, and their live readers.</summary>
internal sealed class EventLog(StateDatabase database, StateWriter writer, TimeProvider time) : IEventLog
{
    private const int MaxText = 4096;

    private const string Columns =
        "id AS Id, at AS At, severity AS Severity, kind AS Kind, cluster AS Cluster, entity AS Entity, server AS Server, message AS Message";

    private ImmutableList<EventReader> _readers = [];
    private long _overflows;

    /// <inheritdoc/>
    public int Readers => Volatile.Read(ref _readers).Count;

    /// <inheritdoc/>
    public long Overflows => Interlocked.Read(ref _overflows);

    /// <inheritdoc/>
    public Task<StoredEvent> AppendAsync(NewEvent newEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(newEvent);
        return writer.WriteAsync(t => InsertAsync(t, newEvent), Publish, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvent>> AppendAsync(IReadOnlyList<NewEvent> newEvents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(newEvents);
        if (newEvents.Count == 0)
        {
            return [];
        }

        return await writer.WriteAsync(
            async t =>
            {
                List<StoredEvent> stored = new(newEvents.Count);
                foreach (NewEvent newEvent in newEvents)
                {
                    stored.Add(await InsertAsync(t, newEvent).ConfigureAwait(false));
                }

                return stored;
            },
            stored => stored.ForEach(Publish),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds an event within a transaction of the writer; <see cref="Publish"/> is to follow the commit.</summary>
    public async Task<StoredEvent> InsertAsync(DbTransaction transaction, NewEvent newEvent)
    {
        string message = newEvent.Message.Length > MaxText ? string.Concat(newEvent.Message.AsSpan(0, MaxText), "…") : newEvent.Message;
        EventRow row = await transaction.Connection!.QuerySingleAsync<EventRow>(
            "INSERT INTO events (at, severity, kind, cluster, entity, server, message) "
            + $"VALUES (@At, @Severity, @Kind, @Cluster, @Entity, @Server, @Message) RETURNING {Columns}",
            new
            {
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Severity = (int)newEvent.Severity,
                newEvent.Kind,
                newEvent.Cluster,
                Entity = StoredText.Of(newEvent.Entity),
                Server = StoredText.Of(newEvent.Server),
                Message = StoredText.Of(message),
            },
            transaction).ConfigureAwait(false);
        return row.ToEvent();
    }

    /// <summary>Hands a stored event to the live readers. Called in the order of the ids.</summary>
    public void Publish(StoredEvent stored)
    {
        foreach (EventReader reader in Volatile.Read(ref _readers))
        {
            if (!reader.Offer(stored))
            {
                Interlocked.Increment(ref _overflows);
            }
        }
    }

    /// <inheritdoc/>
    public Task<(long Count, IReadOnlyList<StoredEvent> Events)> PageAsync(
        EventFilter filter, int page, int pageSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 1000);
        string where = Where(filter, null);
        object values = Values(filter, 0, pageSize, (page - 1L) * pageSize);
        return database.RunAsync<(long, IReadOnlyList<StoredEvent>)>(
            async c =>
            {
                long count = await c.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM events{where}", values).ConfigureAwait(false);
                IEnumerable<EventRow> rows = await c.QueryAsync<EventRow>(
                    $"SELECT {Columns} FROM events{where} ORDER BY id DESC LIMIT @Limit OFFSET @Offset", values).ConfigureAwait(false);
                return (count, [.. rows.Select(r => r.ToEvent())]);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> ReadAfterAsync(EventFilter filter, long afterId, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return database.RunAsync<IReadOnlyList<StoredEvent>>(
            async c =>
            {
                IEnumerable<EventRow> rows = await c.QueryAsync<EventRow>(
                    $"SELECT {Columns} FROM events{Where(filter, "id > @After")} ORDER BY id LIMIT @Limit", Values(filter, afterId, limit, 0)).ConfigureAwait(false);
                return [.. rows.Select(r => r.ToEvent())];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> LastIdAsync(CancellationToken cancellationToken) =>
        database.RunAsync(c => c.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(id), 0) FROM events"), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEvent> FollowAsync(
        EventFilter filter, long? afterId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var reader = new EventReader();
        ImmutableInterlocked.Update(ref _readers, readers => readers.Add(reader));
        try
        {
            // A reader that has more than there is met another store: it gets what is new from now on.
            long newest = await LastIdAsync(cancellationToken).ConfigureAwait(false);
            long last = Math.Min(afterId ?? newest, newest);
            bool fromStore = afterId is not null;
            while (true)
            {
                while (fromStore || reader.TakeMissed())
                {
                    IReadOnlyList<StoredEvent> stored = await ReadAfterAsync(filter, last, 500, cancellationToken).ConfigureAwait(false);
                    foreach (StoredEvent one in stored)
                    {
                        yield return one;
                        last = one.Id;
                    }

                    fromStore = stored.Count == 500;
                }

                // What stands in the queue may have been read from the store already: ids tell.
                while (reader.Queue.Reader.TryRead(out StoredEvent? next))
                {
                    if (next.Id > last)
                    {
                        last = next.Id;
                        if (filter.Matches(next))
                        {
                            yield return next;
                        }
                    }
                }

                if (!reader.HasMissed)
                {
                    await reader.Queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _readers, readers => readers.Remove(reader));
        }
    }

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            t => t.Connection!.ExecuteAsync("DELETE FROM events WHERE at < @Before", new { Before = before.ToUnixTimeMilliseconds() }, t),
            null,
            cancellationToken);

    private static string Where(EventFilter filter, string? first)
    {
        List<string> where = first is null ? [] : [first];
        Add(filter.Severity is not null, "severity <= @Severity");
        Add(filter.Cluster is not null, "cluster = @Cluster");
        Add(filter.Server is not null, "server = @Server");
        Add(filter.Entity is not null, "entity = @Entity");
        Add(filter.Kind is not null, "kind = @Kind");
        Add(filter.Since is not null, "at >= @Since");
        return where.Count == 0 ? "" : " WHERE " + string.Join(" AND ", where);

        void Add(bool wanted, string condition)
        {
            if (wanted)
            {
                where.Add(condition);
            }
        }
    }

    private static object Values(EventFilter filter, long after, int limit, long offset) => new
    {
        Severity = (int)(filter.Severity ?? EventSeverity.Info),
        filter.Cluster,
        filter.Server,
        filter.Entity,
        filter.Kind,
        Since = filter.Since?.ToUnixTimeMilliseconds() ?? 0,
        After = after,
        Limit = limit,
        Offset = offset,
    };
}
