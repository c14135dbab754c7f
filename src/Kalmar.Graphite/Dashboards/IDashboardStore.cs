namespace Kalmar.Graphite.Dashboards;

/// <summary>Keeps dashboards, templates, saved graphs and short links. Safe for several threads.</summary>
public interface IDashboardStore
{
    /// <summary>Stores an item in the place of one with the same kind, owner and name.</summary>
    ValueTask SaveAsync(StoredItem item, CancellationToken cancellationToken);

    /// <summary>Stores an item unless there is one with the same kind, owner and name; false when there is.</summary>
    ValueTask<bool> TryAddAsync(StoredItem item, CancellationToken cancellationToken);

    /// <summary>The item, or null.</summary>
    ValueTask<StoredItem?> GetAsync(StoredKind kind, string owner, string name, CancellationToken cancellationToken);

    /// <summary>Takes an item away; false when it was not there.</summary>
    ValueTask<bool> DeleteAsync(StoredKind kind, string owner, string name, CancellationToken cancellationToken);

    /// <summary>All items of a kind by owner and name; those of one owner when <paramref name="owner"/> is not null.</summary>
    ValueTask<IReadOnlyList<StoredItem>> ListAsync(StoredKind kind, string? owner, CancellationToken cancellationToken);

    /// <summary>The number of a short link to an address; the same address has the same number.</summary>
    ValueTask<long> ShortenAsync(string address, CancellationToken cancellationToken);

    /// <summary>The address of a short link, or null.</summary>
    ValueTask<string?> FollowAsync(long link, CancellationToken cancellationToken);
}
