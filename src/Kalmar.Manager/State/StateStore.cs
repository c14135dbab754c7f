using System.Data.Common;
using Dapper;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Events;
using Kalmar.Manager.Requests;

namespace Kalmar.Manager.State;

/// <summary>
/// What Kalmar must remember over a restart and what is no time series: users, requests, events and the audit log.
/// Opening it brings the schema up to date. Thread-safe.
/// </summary>
public sealed class StateStore : IAsyncDisposable
{
    private readonly StateDatabase _database;
    private readonly TimeProvider _time;
    private readonly StateWriter _writer;
    private readonly EventLog _events;

    private StateStore(StateDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
        _writer = new StateWriter(database);
        Users = new UserStore(database, time);
        Tokens = new ApiTokenStore(database, Users, time);
        AuditWriter = new AuditLog(database, _writer, time);
        _events = new EventLog(database, _writer, time);
        EventerMemory = new EventerMemory(database, _writer, _events);
        Requests = new RequestStore(database, _writer, _events, AuditWriter, time);
    }

    /// <summary>Who may sign in.</summary>
    public IUserStore Users { get; }

    /// <summary>With what programs may act for users.</summary>
    public IApiTokenStore Tokens { get; }

    /// <summary>What happened, stored and live.</summary>
    public IEventLog Events => _events;

    /// <summary>Who did what.</summary>
    public IAuditLog Audit => AuditWriter;

    /// <summary>The audit log as the parts of the manager write it.</summary>
    internal AuditLog AuditWriter { get; }

    /// <summary>What each cluster was like when its last events were written.</summary>
    internal EventerMemory EventerMemory { get; }

    /// <summary>Requests and the journal of their steps.</summary>
    internal RequestStore Requests { get; }

    /// <summary>Opens the store and runs the migrations that are missing, each in a transaction of its own.</summary>
    /// <param name="database">Where the tables are.</param>
    /// <param name="time">The clock for the times that are stored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StateStoreException">The database cannot be opened, or was written by a newer Kalmar.</exception>
    public static async Task<StateStore> OpenAsync(StateDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(time);
        await database.RunAsync(c => MigrateAsync(c, database, time, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new StateStore(database, time);
    }

    /// <summary>
    /// Makes this process the only one that runs requests with this store. Waits a little for one that is just ending.
    /// </summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lock; dispose it to let another process run requests.</returns>
    /// <exception cref="StateStoreException">Another process holds it.</exception>
    public async Task<IAsyncDisposable> LockAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            IAsyncDisposable? taken = await _database.TryLockAsync(cancellationToken).ConfigureAwait(false);
            if (taken is not null)
            {
                return taken;
            }

            if (_time.GetElapsedTime(start) >= patience)
            {
                throw new StateStoreException($"{_database.Description}: another Kalmar works with it; stop that one first, or give this one a store of its own");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        (_database as SqliteDatabase)?.Close();
        if (_database is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<int> MigrateAsync(DbConnection connection, StateDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)").ConfigureAwait(false);
        int known = Migration.All[^1].Version;
        foreach (Migration migration in Migration.All)
        {
            DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                int have = await connection.ExecuteScalarAsync<int>(
                    "SELECT COALESCE(MAX(version), 0) FROM schema_versions", transaction: transaction).ConfigureAwait(false);
                if (have > known)
                {
                    throw new StateStoreException(
                        $"{database.Description} has schema {have}, and this Kalmar knows up to {known}: run the newer Kalmar that made it, or give another data folder");
                }

                if (have < migration.Version)
                {
                    string sql = migration.Sql.Replace("{identity}", database.IdentityColumn, StringComparison.Ordinal);
                    await connection.ExecuteAsync(sql, transaction: transaction).ConfigureAwait(false);
                    await connection.ExecuteAsync(
                        "INSERT INTO schema_versions (version, name, applied_at) VALUES (@Version, @Name, @At)",
                        new { migration.Version, migration.Name, At = time.GetUtcNow().ToUnixTimeMilliseconds() },
                        transaction).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return known;
    }
}
