namespace Kalmar.Graphite.Sources;

/// <summary>
/// The names of all metrics as a tree in memory. Safe for several threads: many read while one adds. Parts
/// of names are kept once.
/// </summary>
public sealed class MetricIndex : IDisposable
{
    private readonly ReaderWriterLockSlim _gate = new(LockRecursionPolicy.NoRecursion);
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _partLookup;
    private readonly HashSet<string> _tagged = new(StringComparer.Ordinal);
    private IndexNode _root = new(string.Empty);
    private int _count;

    /// <summary>Makes an empty index.</summary>
    public MetricIndex() => _partLookup = _parts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many metrics there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a metric; false when it was there.</summary>
    public bool Add(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _gate.EnterWriteLock();
        try
        {
            if (path.Contains(';')) return _tagged.Add(path) && ++_count > 0;
            var node = _root;
            foreach (var range in path.AsSpan().Split('.'))
            {
                var part = path.AsSpan()[range];
                if (part.Length == 0) return false;
                node = node.Find(part) ?? node.Add(new IndexNode(Part(part)));
            }

            if (node.IsLeaf) return false;
            node.IsLeaf = true;
            _count++;
            return true;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Takes a metric out; false when it was not there.</summary>
    public bool Remove(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _gate.EnterWriteLock();
        try
        {
            if (_tagged.Remove(path))
            {
                _count--;
                return true;
            }

            List<IndexNode> trail = [_root];
            foreach (var range in path.AsSpan().Split('.'))
            {
                if (trail[^1].Find(path.AsSpan()[range]) is not { } next) return false;
                trail.Add(next);
            }

            if (!trail[^1].IsLeaf) return false;
            trail[^1].IsLeaf = false;
            for (var i = trail.Count - 1; i > 0 && trail[i] is { IsLeaf: false, HasChildren: false }; i--) trail[i - 1].Remove(trail[i]);
            _count--;
            return true;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Whether the metric is known.</summary>
    public bool Contains(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _gate.EnterReadLock();
        try
        {
            if (_tagged.Contains(path)) return true;
            IndexNode? node = _root;
            foreach (var range in path.AsSpan().Split('.'))
            {
                node = node.Find(path.AsSpan()[range]);
                if (node is null) return false;
            }

            return node.IsLeaf;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Puts other names in the place of all, in one step.</summary>
    public void Replace(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var fresh = new MetricIndex();
        foreach (var path in paths) fresh.Add(path);
        _gate.EnterWriteLock();
        try
        {
            (_root, _count) = (fresh._root, fresh._count);
            _tagged.Clear();
            _tagged.UnionWith(fresh._tagged);
            _parts.Clear();
        }
        finally
        {
            _gate.ExitWriteLock();
            fresh.Dispose();
        }
    }

    /// <summary>
    /// Adds the nodes that match a path with globs, each once; a name that is both a metric and a folder gives both. <c>**</c> stands for any number of parts.
    /// </summary>
    /// <exception cref="GraphiteException">There are more than <paramref name="limit"/> matches.</exception>
    public void Find(string pattern, bool leavesOnly, int limit, List<MetricNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(nodes);
        var clean = pattern.Replace("\\", "", StringComparison.Ordinal);
        _gate.EnterReadLock();
        try
        {
            if (clean.Contains(';'))
            {
                if (_tagged.Contains(clean)) nodes.Add(new MetricNode(clean, true));
                return;
            }

            new IndexSearch(clean.Split('.'), leavesOnly, limit, nodes).Run(_root);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Adds the names of all metrics.</summary>
    public void CopyTo(ICollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _gate.EnterReadLock();
        try
        {
            foreach (var name in _tagged) names.Add(name);
            _root.CopyTo(string.Empty, names);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private string Part(ReadOnlySpan<char> part)
    {
        if (_partLookup.TryGetValue(part, out var known)) return known;
        var made = part.ToString();
        _parts.Add(made, made);
        return made;
    }
}
