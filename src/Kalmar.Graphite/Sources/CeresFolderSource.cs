using System.Buffers;
using Kalmar.Whisper;
using Kalmar.Whisper.Ceres;

namespace Kalmar.Graphite.Sources;

/// <summary>
/// A tree of Ceres nodes, read as it is: names are kept in memory, <see cref="Rescan"/> finds what others made or removed, a name without globs
/// is looked up on disk. Safe for several threads.
/// </summary>
public sealed class CeresFolderSource : IMetricSource, IDisposable
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("*?[{\\/");
    private readonly string _folder;
    private readonly MetricIndex _index = new();

    /// <summary>Opens the tree and reads its names.</summary>
    /// <param name="folder">The tree's root; it need not exist yet.</param>
    public CeresFolderSource(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = Path.GetFullPath(folder);
        Rescan();
    }

    /// <summary>Reads the names in the tree anew.</summary>
    public void Rescan() => _index.Replace(Directory.Exists(_folder) ? CeresTree.Nodes(_folder).Select(n => n.Name) : []);

    /// <inheritdoc/>
    public ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(nodes);
        LookOnDisk(query.Pattern);
        var start = nodes.Count;
        _index.Find(query.Pattern, query.LeavesOnly, query.Limit, nodes);
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
        _index.Find(query.Pattern, leavesOnly: true, query.Budget.Limits.MaxSeries + 1, nodes);
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
        _index.CopyTo(names);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();

    private Series? Read(string metric, FetchQuery query)
    {
        if (Open(metric) is not { Slices.Count: > 0 } node) return null;
        var from = Math.Max(query.From, node.Slices[^1].Start - 1);
        var until = Math.Min(query.Until, query.Now);
        if (from >= until) return null;
        query.Budget.Values(((until - from) / node.Slices.Min(s => s.Step)) + 1);
        try
        {
            var fetched = node.Fetch(from, until);
            return new Series(metric, fetched.From, fetched.Until, fetched.Step, fetched.Values);
        }
        catch (WhisperException)
        {
            // A slice that went away or cannot be read: the other series of the answer can still be seen.
            return null;
        }
    }

    private TimeInterval[] IntervalsOf(string metric) => Open(metric) is { Slices.Count: > 0 } node
        ? [new TimeInterval(node.Slices[^1].Start, node.Slices.Max(s => s.Last + s.Step))]
        : [];

    private CeresNode? Open(string metric)
    {
        try
        {
            return CeresTree.FolderOf(_folder, metric) is { } folder ? CeresNode.Open(folder) : null;
        }
        catch (WhisperException)
        {
            return null;
        }
    }

    private void LookOnDisk(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny(s_special) < 0 && !_index.Contains(pattern) && CeresTree.FolderOf(_folder, pattern) is { } folder && CeresNode.IsNode(folder))
            _index.Add(pattern);
    }
}
