using System.Data.Common;
using Dapper;
using Kalmar.Graphite.Tags;
using Kalmar.Manager.State;

namespace Kalmar.Manager.Graphite;

/// <summary>Tagged series in table <c>tagged_series</c>.</summary>
internal sealed class SqlTagJournal(StateDatabase database) : ITagJournal
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> LoadSeriesAsync(CancellationToken cancellationToken) =>
        [.. await database.RunAsync(
            c => c.QueryAsync<string>(new CommandDefinition("SELECT path FROM tagged_series ORDER BY id", cancellationToken: cancellationToken)), cancellationToken).ConfigureAwait(false)];

    /// <inheritdoc/>
    public ValueTask AddSeriesAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        ForAllAsync("INSERT INTO tagged_series (path) VALUES (@Path) ON CONFLICT (path) DO NOTHING", paths, cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemoveSeriesAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        ForAllAsync("DELETE FROM tagged_series WHERE path = @Path", paths, cancellationToken);

    private async ValueTask ForAllAsync(string sql, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        await database.RunAsync(
            async connection =>
            {
                DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    int changed = await connection.ExecuteAsync(
                        new CommandDefinition(sql, paths.Select(p => new { Path = p }), transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return changed;
                }
            },
            cancellationToken).ConfigureAwait(false);
}
