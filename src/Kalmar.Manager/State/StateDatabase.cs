using System.Data.Common;

namespace Kalmar.Manager.State;

/// <summary>
/// A database that the state store keeps its tables in. It hands out connections and hides the few places where the SQL of two
/// databases differs. Thread-safe.
/// </summary>
public abstract class StateDatabase
{
    /// <summary>What the database is called in errors, for example <c>state database /var/lib/kalmar/state.db</c>. Holds no password.</summary>
    public abstract string Description { get; }

    /// <summary>The column definition of a 64-bit primary key that counts by itself.</summary>
    public abstract string IdentityColumn { get; }

    /// <summary>Opens a connection (from the provider's pool). The caller disposes it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>What to do about an error, in a few words that can stand behind the error's text; empty when there is no advice.</summary>
    /// <param name="error">What the provider threw.</param>
    public abstract string Advice(DbException error);

    /// <summary>Takes the lock that makes this process the only one that runs requests with this database. Ends with the process, however that ends.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lock, freed by disposing it; null when another process holds it.</returns>
    public abstract Task<IAsyncDisposable?> TryLockAsync(CancellationToken cancellationToken);

    /// <summary>Runs work on a connection of its own and turns the provider's errors into <see cref="StateStoreException"/>.</summary>
    /// <typeparam name="T">What the work returns.</typeparam>
    /// <param name="work">The statements.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StateStoreException">The database could not be opened or refused a statement.</exception>
    internal async Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            DbConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await work(connection).ConfigureAwait(false);
            }
        }
        catch (DbException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string advice = Advice(e);
            throw new StateStoreException($"{Description}: {e.Message}{(advice.Length == 0 ? "" : $"; {advice}")}", e);
        }
    }
}
