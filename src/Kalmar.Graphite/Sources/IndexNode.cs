namespace Kalmar.Graphite.Sources;

/// <summary>
/// A folder of names in the index. Its children lie in order in runs of at most 512; a child that is nothing but a metric is only its name, so that it
/// costs eight bytes beside the text, which names of equal parts share. Not thread-safe.
/// </summary>
internal sealed class IndexNode(string name)
{
    private const int MaxRun = 512;
    private Run[] _runs = [];
    private int _count;

    /// <summary>This folder's name within its own folder.</summary>
    public string Name { get; } = name;

    /// <summary>Whether there is a metric of this name too.</summary>
    public bool IsLeaf { get; set; }

    public bool HasChildren => _count > 0;

    /// <summary>The child of this name.</summary>
    public bool TryFind(ReadOnlySpan<char> name, out IndexEntry child)
    {
        var (run, at, found) = Locate(name);
        child = found ? new IndexEntry(_runs[run].Items[at]) : default;
        return found;
    }

    /// <summary>The child of this name as a folder; a metric becomes both.</summary>
    public IndexNode Folder(ReadOnlySpan<char> name, Func<ReadOnlySpan<char>, string> text)
    {
        var (run, at, found) = Locate(name);
        if (found && _runs[run].Items[at] is IndexNode folder) return folder;
        if (found)
        {
            var both = new IndexNode((string)_runs[run].Items[at]) { IsLeaf = true };
            _runs[run].Items[at] = both;
            return both;
        }

        var made = new IndexNode(text(name));
        Insert(run, at, made);
        return made;
    }

    /// <summary>Makes the child of this name a metric; false when it was one.</summary>
    public bool AddLeaf(ReadOnlySpan<char> name, Func<ReadOnlySpan<char>, string> text)
    {
        var (run, at, found) = Locate(name);
        if (!found)
        {
            Insert(run, at, text(name));
            return true;
        }

        if (_runs[run].Items[at] is not IndexNode { IsLeaf: false } folder) return false;
        folder.IsLeaf = true;
        return true;
    }

    /// <summary>Takes the metric of this name away, and a folder that has become empty; false when it was not there.</summary>
    public bool RemoveLeaf(ReadOnlySpan<char> name)
    {
        var (run, at, found) = Locate(name);
        if (!found) return false;
        if (_runs[run].Items[at] is IndexNode folder)
        {
            if (!folder.IsLeaf) return false;
            folder.IsLeaf = false;
            if (folder.HasChildren) return true;
        }

        RemoveAt(run, at);
        return true;
    }

    /// <summary>Takes a folder away that is neither a metric nor has children.</summary>
    public void RemoveIfEmpty(ReadOnlySpan<char> name)
    {
        var (run, at, found) = Locate(name);
        if (found && _runs[run].Items[at] is IndexNode { IsLeaf: false, HasChildren: false }) RemoveAt(run, at);
    }

    /// <summary>The children whose names begin so, in order.</summary>
    public IEnumerable<IndexEntry> Children(string prefix = "")
    {
        if (_count == 0) yield break;
        var (run, at, _) = Locate(prefix);
        for (; run < _runs.Length; run++, at = 0)
        {
            for (; at < _runs[run].Count; at++)
            {
                var child = new IndexEntry(_runs[run].Items[at]);
                if (prefix.Length > 0 && !child.Name.StartsWith(prefix, StringComparison.Ordinal)) yield break;
                yield return child;
            }
        }
    }

    /// <summary>Adds the names of all metrics below.</summary>
    public void CopyTo(string below, ICollection<string> names)
    {
        foreach (var child in Children())
        {
            if (child.IsLeaf) names.Add(below + child.Name);
            child.Folder?.CopyTo(below + child.Name + ".", names);
        }
    }

    private (int Run, int At, bool Found) Locate(ReadOnlySpan<char> name)
    {
        // The last run that begins at or before the name.
        var (low, high) = (0, _runs.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (name.SequenceCompareTo(new IndexEntry(_runs[middle].Items[0]).Name) < 0) high = middle - 1;
            else low = middle;
        }

        if (_runs.Length == 0) return (0, 0, false);
        var items = _runs[low].Items.AsSpan(0, _runs[low].Count);
        var (first, last) = (0, items.Length - 1);
        while (first <= last)
        {
            var middle = (first + last) / 2;
            var order = name.SequenceCompareTo(new IndexEntry(items[middle]).Name);
            if (order == 0) return (low, middle, true);
            if (order < 0) last = middle - 1;
            else first = middle + 1;
        }

        return (low, first, false);
    }

    private void Insert(int run, int at, object item)
    {
        _count++;
        if (_runs.Length == 0)
        {
            _runs = [new Run { Items = [item], Count = 1 }];
            return;
        }

        if (_runs[run].Count == MaxRun)
        {
            // Names that come in order fill their runs; others leave two halves.
            var keep = at == MaxRun ? MaxRun : MaxRun / 2;
            var rest = new Run { Items = new object[Math.Max(MaxRun - keep, 8)], Count = MaxRun - keep };
            Array.Copy(_runs[run].Items, keep, rest.Items, 0, rest.Count);
            Array.Clear(_runs[run].Items, keep, rest.Count);
            _runs[run].Count = keep;
            _runs = [.. _runs.AsSpan(0, run + 1), rest, .. _runs.AsSpan(run + 1)];
            if (at > keep || keep == MaxRun) (run, at) = (run + 1, at - keep);
        }

        ref var target = ref _runs[run];
        if (target.Count == target.Items.Length) Array.Resize(ref target.Items, Math.Min(MaxRun, target.Count < 4 ? target.Count + 1 : target.Count * 2));
        Array.Copy(target.Items, at, target.Items, at + 1, target.Count - at);
        target.Items[at] = item;
        target.Count++;
    }

    private void RemoveAt(int run, int at)
    {
        _count--;
        ref var target = ref _runs[run];
        target.Count--;
        Array.Copy(target.Items, at + 1, target.Items, at, target.Count - at);
        target.Items[target.Count] = null!;
        if (target.Count == 0) _runs = [.. _runs.AsSpan(0, run), .. _runs.AsSpan(run + 1)];
    }

    private struct Run
    {
        public object[] Items;
        public int Count;
    }
}
