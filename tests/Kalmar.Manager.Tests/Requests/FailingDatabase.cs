using System.Data.Common;
using Kalmar.Manager.State;
using Microsoft.Data.Sqlite;

namespace Kalmar.Manager.Tests.Requests;

/// <summary>A real database that cannot be opened while <see cref="IsAway"/>, as on a disk that is full or a server that restarts.</summary>
internal sealed class FailingDatabase(StateDatabase database) : StateDatabase
{
    private int _refused;

    public volatile bool IsAway;

    public int Refused => Volatile.Read(ref _refused);

    public override string Description => database.Description;

    public override string IdentityColumn => database.IdentityColumn;

    public override Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            Interlocked.Increment(ref _refused);
            throw new SqliteException("database or disk is full", 13);
        }

        return database.OpenAsync(cancellationToken);
    }

    public override string Advice(DbException error) => database.Advice(error);

    public override Task<IAsyncDisposable?> TryLockAsync(CancellationToken cancellationToken) => database.TryLockAsync(cancellationToken);
}
