using Dapper;
using Kalmar.Graphite.Events;
using Kalmar.Manager.State;

namespace Kalmar.Manager.Graphite;

/// <summary>Graphite's events in table <c>graphite_events</c>; tags are kept with spaces between and around them.</summary>
internal sealed class SqlEventStore(StateDatabase database) : IEventStore
{
    private const string Columns = "id AS Id, happened_at AS HappenedAt, what AS What, tags AS Tags, data AS Data";

    /// <inheritdoc/>
    public async ValueTask<GraphiteEvent> AddAsync(GraphiteEvent happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        object values = new { happened.When, happened.What, Tags = $" {string.Join(' ', happened.Tags)} ", happened.Data };
        long id = await database.RunAsync(
            c => c.ExecuteScalarAsync<long>(new CommandDefinition(
                "INSERT INTO graphite_events (happened_at, what, tags, data) VALUES (@When, @What, @Tags, @Data) RETURNING id", values, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false);
        return happened with { Id = id };
    }

    /// <inheritdoc/>
    public async ValueTask<GraphiteEvent?> GetAsync(long id, CancellationToken cancellationToken) =>
        (await database.RunAsync(
            c => c.QuerySingleOrDefaultAsync<EventRow>(new CommandDefinition(
                $"SELECT {Columns} FROM graphite_events WHERE id = @Id", new { Id = id }, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false))?.ToEvent();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<GraphiteEvent>> FindAsync(EventQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        DynamicParameters values = new();
        values.Add("From", query.From ?? long.MinValue);
        values.Add("Until", query.Until ?? long.MaxValue);
        values.Add("Limit", query.Limit);
        List<string> having = [];
        foreach (string tag in query.Tags ?? [])
        {
            string name = $"Tag{having.Count}";
            values.Add(name, $"% {tag.Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)} %");
            having.Add($@"tags LIKE @{name} ESCAPE '\'");
        }

        string tagged = having.Count == 0 ? "" : $" AND ({string.Join(query.AnyTag ? " OR " : " AND ", having)})";
        IEnumerable<EventRow> rows = await database.RunAsync(
            c => c.QueryAsync<EventRow>(new CommandDefinition(
                $"SELECT {Columns} FROM graphite_events WHERE happened_at >= @From AND happened_at <= @Until{tagged} ORDER BY happened_at, id LIMIT @Limit",
                values, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false);

        // LIKE does not tell upper from lower case in SQLite.
        return [.. rows.Select(r => r.ToEvent()).Where(query.Matches)];
    }

    private sealed class EventRow
    {
        public long Id { get; init; }

        public long HappenedAt { get; init; }

        public string What { get; init; } = "";

        public string Tags { get; init; } = "";

        public string Data { get; init; } = "";

        public GraphiteEvent ToEvent() => new(Id, HappenedAt, What, Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries), Data);
    }
}
