namespace Kalmar.Graphite.Dashboards;

/// <summary>Dashboards in memory: for tests, and where nothing is to be kept.</summary>
public sealed class MemoryDashboardStore : IDashboardStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(StoredKind, string, string), StoredItem> _items = [];
    private readonly List<string> _links = [];

    /// <inheritdoc/>
    public ValueTask SaveAsync(StoredItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate) _items[(item.Kind, item.Owner, item.Name)] = item;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(StoredItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate) return new(_items.TryAdd((item.Kind, item.Owner, item.Name), item));
    }

    /// <inheritdoc/>
    public ValueTask<StoredItem?> GetAsync(StoredKind kind, string owner, string name, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_items.GetValueOrDefault((kind, owner, name)));
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(StoredKind kind, string owner, string name, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_items.Remove((kind, owner, name)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredItem>> ListAsync(StoredKind kind, string? owner, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_items.Values.Where(i => i.Kind == kind && (owner is null || i.Owner == owner))
                .OrderBy(i => i.Owner, StringComparer.Ordinal).ThenBy(i => i.Name, StringComparer.Ordinal).ToList());
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> ShortenAsync(string address, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var at = _links.IndexOf(address);
            if (at >= 0) return new(at + 1);
            _links.Add(address);
            return new(_links.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> FollowAsync(long link, CancellationToken cancellationToken)
    {
        lock (_gate) return new(link >= 1 && link <= _links.Count ? _links[(int)link - 1] : null);
    }
}
