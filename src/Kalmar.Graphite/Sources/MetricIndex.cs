namespace Kalmar.Graphite.Sources;

/// <summary>
/// The names of all metrics as a tree in memory. Safe for several threads: many read while one adds. Parts of names that occur
/// often are kept once.
/// </summary>
public sealed class MetricIndex : IDisposable
{
    private readonly ReaderWriterLockSlim _gate = new(LockRecursionPolicy.NoRecursion);
    // Of parts with the same hash the last is kept: what occurs often is nearly always found, and what occurs once costs nothing.
    private readonly string?[] _parts = new string?[1 << 15];
    private readonly Func<ReadOnlySpan<char>, string> _part;
    private readonly HashSet<string> _tagged = new(StringComparer.Ordinal);
    private IndexNode _root = new(string.Empty);
    private int _count;

    /// <summary>Makes an empty index.</summary>
    public MetricIndex() => _part = Part;

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
            if (path.Length == 0 || path[0] == '.' || path[^1] == '.' || path.Contains("..", StringComparison.Ordinal)) return false;
            var node = _root;
            var rest = path.AsSpan();
            for (int dot; (dot = rest.IndexOf('.')) >= 0; rest = rest[(dot + 1)..]) node = node.Folder(rest[..dot], _part);
            if (!node.AddLeaf(rest, _part)) return false;
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
            var parts = path.Split('.');
            foreach (var part in parts.AsSpan(0, parts.Length - 1))
            {
                if (!trail[^1].TryFind(part, out var next) || next.Folder is not { } folder) return false;
                trail.Add(folder);
            }

            if (!trail[^1].RemoveLeaf(parts[^1])) return false;
            for (var i = trail.Count - 2; i >= 0; i--) trail[i].RemoveIfEmpty(parts[i]);
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
            var node = _root;
            var rest = path.AsSpan();
            for (int dot; (dot = rest.IndexOf('.')) >= 0; rest = rest[(dot + 1)..])
            {
                if (!node.TryFind(rest[..dot], out var next) || next.Folder is not { } folder) return false;
                node = folder;
            }

            return node.TryFind(rest, out var leaf) && leaf.IsLeaf;
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
        Take(Of(paths));
    }

    /// <summary>An index of some names.</summary>
    internal static MetricIndex Of(IEnumerable<string> paths)
    {
        var index = new MetricIndex();
        foreach (var path in paths) index.Add(path);
        return index;
    }

    /// <summary>Puts the names of another index in the place of all, in one step; the other one is done with then.</summary>
    internal void Take(MetricIndex fresh)
    {
        _gate.EnterWriteLock();
        try
        {
            (_root, _count) = (fresh._root, fresh._count);
            _tagged.Clear();
            _tagged.UnionWith(fresh._tagged);
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

    /// <summary>Adds the names of all metrics; those with tags, which no path leads to, only when <paramref name="tagged"/>.</summary>
    public void CopyTo(ICollection<string> names, bool tagged = true)
    {
        ArgumentNullException.ThrowIfNull(names);
        _gate.EnterReadLock();
        try
        {
            foreach (var name in tagged ? _tagged : []) names.Add(name);
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
        ref var kept = ref _parts[string.GetHashCode(part) & (_parts.Length - 1)];
        if (kept is not null && part.SequenceEqual(kept)) return kept;
        return kept = part.ToString();
    }
}
