using Kalmar.Whisper;
using Kalmar.Whisper.Ceres;

namespace Kalmar.Graphite.Sources;

/// <summary>
/// A tree of Ceres nodes, read as it is: names are kept in memory, <see cref="Rescan"/> finds what others made or removed, a name without globs
/// is looked up on disk. Safe for several threads.
/// </summary>
public sealed class CeresFolderSource : FolderSource
{
    /// <summary>Opens the tree and reads its names.</summary>
    /// <param name="folder">The tree's root; it need not exist yet.</param>
    public CeresFolderSource(string folder)
        : base(folder) => Rescan();

    /// <inheritdoc/>
    public override void Rescan() => Index.Replace(Directory.Exists(Folder) ? CeresTree.Nodes(Folder).Select(n => n.Name) : []);

    private protected override Series? Read(string metric, FetchQuery query)
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

    private protected override TimeInterval[] IntervalsOf(string metric) => Open(metric) is { Slices.Count: > 0 } node
        ? [new TimeInterval(node.Slices[^1].Start, node.Slices.Max(s => s.Last + s.Step))]
        : [];

    private protected override bool IsThere(string metric) => CeresTree.FolderOf(Folder, metric) is { } folder && CeresNode.IsNode(folder);

    private CeresNode? Open(string metric)
    {
        try
        {
            return CeresTree.FolderOf(Folder, metric) is { } folder ? CeresNode.Open(folder) : null;
        }
        catch (WhisperException)
        {
            return null;
        }
    }
}
