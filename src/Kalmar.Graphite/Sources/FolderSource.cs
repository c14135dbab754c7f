using System.Buffers;

namespace Kalmar.Graphite.Sources;

/// <summary>A folder of metrics whose names are kept in memory; what one metric's values and times are is its kind's to say. Safe for several threads.</summary>
/// <param name="folder">The folder; it need not exist yet.</param>
public abstract class FolderSource(string folder) : IMetricSource, IDisposable
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("*?[{\\/\0");

    /// <summary>The names.</summary>
    public MetricIndex Index { get; } = new();

    internal string Folder { get; } = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(nodes);
        LookOnDisk(query.Pattern);
        var start = nodes.Count;
        Index.Find(query.Pattern, query.LeavesOnly, query.Limit, nodes);
        if (query.WithIntervals)
        {
            for (var i = start; i < nodes.Count; i++)
            {
                if (nodes[i].IsLeaf) nodes[i] = nodes[i] with { Intervals = IntervalsOf(nodes[i].Path) };
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FetchAsync(FetchQuery query, List<Series> series, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(series);
        LookOnDisk(query.Pattern);
        List<MetricNode> nodes = [];
        Index.Find(query.Pattern, leavesOnly: true, query.Budget.Limits.MaxSeries + 1, nodes);
        query.Budget.Series(nodes.Count);
        foreach (var node in nodes)
        {
            if (Read(node.Path, query) is { } read) series.Add(read);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ListAsync(bool localOnly, ICollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        Index.CopyTo(names, tagged: false);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Index.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the names in the folder anew.</summary>
    public abstract void Rescan();

    /// <summary>A metric's values; null when it has none to show.</summary>
    private protected abstract Series? Read(string metric, FetchQuery query);

    /// <summary>The times of which a metric has values.</summary>
    private protected abstract TimeInterval[] IntervalsOf(string metric);

    /// <summary>Whether somebody else has made this metric since the folder was read.</summary>
    /// <param name="metric">A name that is not known and has no globs.</param>
    private protected abstract bool IsThere(string metric);

    /// <summary>Makes a metric known that was found on disk.</summary>
    private protected virtual void Found(string metric) => Index.Add(metric);

    // Somebody else may have made the metric since the folder was read: a name without globs is looked up where it must lie.
    private void LookOnDisk(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny(s_special) >= 0 || pattern.Length == 0 || Index.Contains(pattern)) return;
        if (pattern[0] != '.' && !pattern.Contains("..", StringComparison.Ordinal) && IsThere(pattern)) Found(pattern);
    }
}
