using Dapper;
using Kalmar.Graphite.Dashboards;
using Kalmar.Manager.State;

namespace Kalmar.Manager.Graphite;

/// <summary>Dashboards, templates and saved graphs in table <c>stored_items</c>, short links in <c>short_links</c>.</summary>
internal sealed class SqlDashboardStore(StateDatabase database) : IDashboardStore
{
    private const string Insert = "INSERT INTO stored_items (kind, owner, name, content) VALUES (@Kind, @Owner, @Name, @Content) ON CONFLICT (kind, owner, name) DO ";

    private const string Select = "SELECT owner AS Owner, name AS Name, content AS Content FROM stored_items WHERE kind = @Kind";

    /// <inheritdoc/>
    public async ValueTask SaveAsync(StoredItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        await ExecuteAsync(Insert + "UPDATE SET content = excluded.content", ValuesOf(item), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryAddAsync(StoredItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return await ExecuteAsync(Insert + "NOTHING", ValuesOf(item), cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <inheritdoc/>
    public async ValueTask<StoredItem?> GetAsync(StoredKind kind, string owner, string name, CancellationToken cancellationToken)
    {
        IEnumerable<ItemRow> rows = await QueryAsync<ItemRow>(
            Select + " AND owner = @Owner AND name = @Name", new { Kind = NameOf(kind), Owner = owner, Name = name }, cancellationToken).ConfigureAwait(false);
        return rows.FirstOrDefault()?.ToItem(kind);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(StoredKind kind, string owner, string name, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            "DELETE FROM stored_items WHERE kind = @Kind AND owner = @Owner AND name = @Name",
            new { Kind = NameOf(kind), Owner = owner, Name = name },
            cancellationToken).ConfigureAwait(false) > 0;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredItem>> ListAsync(StoredKind kind, string? owner, CancellationToken cancellationToken)
    {
        IEnumerable<ItemRow> rows = await QueryAsync<ItemRow>(
            Select + (owner is null ? "" : " AND owner = @Owner") + " ORDER BY owner, name", new { Kind = NameOf(kind), Owner = owner }, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToItem(kind))];
    }

    /// <inheritdoc/>
    public async ValueTask<long> ShortenAsync(string address, CancellationToken cancellationToken)
    {
        await ExecuteAsync("INSERT INTO short_links (address) VALUES (@Address) ON CONFLICT (address) DO NOTHING", new { Address = address }, cancellationToken).ConfigureAwait(false);
        return (await QueryAsync<long>("SELECT id FROM short_links WHERE address = @Address", new { Address = address }, cancellationToken).ConfigureAwait(false)).First();
    }

    /// <inheritdoc/>
    public async ValueTask<string?> FollowAsync(long link, CancellationToken cancellationToken) =>
        (await QueryAsync<string>("SELECT address FROM short_links WHERE id = @Link", new { Link = link }, cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    private static string NameOf(StoredKind kind) => kind switch
    {
        StoredKind.Dashboard => "dashboard",
        StoredKind.Template => "template",
        StoredKind.Graph => "graph",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    private static object ValuesOf(StoredItem item) => new { Kind = NameOf(item.Kind), item.Owner, item.Name, item.Content };

    private Task<int> ExecuteAsync(string sql, object values, CancellationToken cancellationToken) =>
        database.RunAsync(c => c.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken)), cancellationToken);

    private Task<IEnumerable<T>> QueryAsync<T>(string sql, object values, CancellationToken cancellationToken) =>
        database.RunAsync(c => c.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: cancellationToken)), cancellationToken);

    private sealed class ItemRow
    {
        public string Owner { get; init; } = "";

        public string Name { get; init; } = "";

        public string Content { get; init; } = "";

        public StoredItem ToItem(StoredKind kind) => new(kind, Owner, Name, Content);
    }
}
