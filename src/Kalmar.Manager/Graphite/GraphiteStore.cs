using Dapper;
using Kalmar.Graphite.Dashboards;
using Kalmar.Graphite.Events;
using Kalmar.Graphite.Tags;
using Kalmar.Manager.State;
using Microsoft.Extensions.Logging;

namespace Kalmar.Manager.Graphite;

/// <summary>
/// What Graphite's users store: tags, events, dashboards, saved graphs and short links, in an SQLite file of their own, so that a million tagged series
/// do not make backups of users and requests heavy, or in tables of their own in PostgreSQL. Thread-safe.
/// </summary>
public sealed class GraphiteStore : IAsyncDisposable
{
    private readonly StateDatabase _database;

    private GraphiteStore(StateDatabase database, TagIndex tags, ILogger logger)
    {
        _database = database;
        Tags = tags;
        Feed = new TagFeed(tags, logger);
        Events = new SqlEventStore(database);
        Dashboards = new SqlDashboardStore(database);
    }

    /// <summary>Tagged series.</summary>
    public TagIndex Tags { get; }

    /// <summary>Takes series with tags as they are first seen.</summary>
    public TagFeed Feed { get; }

    /// <summary>Events.</summary>
    public IEventStore Events { get; }

    /// <summary>Dashboards, saved graphs, short links.</summary>
    public IDashboardStore Dashboards { get; }

    /// <summary>Opens the store, makes its tables when they are missing, and reads the tagged series.</summary>
    /// <param name="database">Where the tables are.</param>
    /// <param name="logger">Where what went wrong is told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StateStoreException">The database cannot be opened.</exception>
    public static async Task<GraphiteStore> OpenAsync(StateDatabase database, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        string sql = await ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        await database.RunAsync(
            c => c.ExecuteAsync(new CommandDefinition(sql.Replace("{identity}", database.IdentityColumn, StringComparison.Ordinal), cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false);
        TagIndex tags = await TagIndex.OpenAsync(new SqlTagJournal(database), cancellationToken).ConfigureAwait(false);
        return new GraphiteStore(database, tags, logger);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Feed.DisposeAsync().ConfigureAwait(false);
        Tags.Dispose();
        (_database as SqliteDatabase)?.Close();
        if (_database is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<string> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        using StreamReader reader = new(typeof(GraphiteStore).Assembly.GetManifestResourceStream("Graphite/graphite.sql")!);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
