using System.Data.Common;

namespace Kalmar.Manager.State;

/// <summary>
/// The one way to write requests, events and audit lines: one transaction at a time in this process, so that event numbers are committed in
/// their order and the audit chain has one end. Thread-safe.
/// </summary>
internal sealed class StateWriter(StateDatabase database) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Runs work in a transaction and commits it.</summary>
    /// <typeparam name="T">What the work returns.</typeparam>
    /// <param name="work">The statements; an exception rolls all of them back.</param>
    /// <param name="committed">Called after the commit, before the next transaction begins; must be quick.</param>
    /// <param name="cancellationToken">Gives up before the commit.</param>
    /// <exception cref="StateStoreException">The database could not be opened or refused a statement.</exception>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, Action<T>? committed, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            T result = await database.RunAsync(
                async connection =>
                {
                    DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                    await using (transaction.ConfigureAwait(false))
                    {
                        T value = await work(transaction).ConfigureAwait(false);

                        // Once begun, the commit is seen through: giving up in its midst would leave its outcome unknown.
                        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                        return value;
                    }
                },
                cancellationToken).ConfigureAwait(false);
            committed?.Invoke(result);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
