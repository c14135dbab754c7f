namespace Kalmar.Graphite.Sources;

/// <summary>One walk through the index along a path with globs.</summary>
internal sealed class IndexSearch
{
    // Names that are looked at: half a second's work.
    private const int MaxSteps = 50_000_000;

    // A folder that is kept in mind costs as much memory as so many steps cost time.
    private const int StepsOfFolder = 25;

    private readonly string[] _parts;
    private readonly bool _leavesOnly;
    private readonly int _limit;
    private readonly List<MetricNode> _found;
    private readonly List<GlobPattern>?[] _patterns;

    // Lists and ** may reach the same node twice, and two ** the same folder very often.
    private readonly HashSet<(string, bool)>? _seen;
    private readonly HashSet<(IndexNode, int)>? _walked;
    private readonly int _maxSteps;
    private int _steps;

    public IndexSearch(string[] parts, bool leavesOnly, int limit, List<MetricNode> found, int maxSteps = MaxSteps)
    {
        // Any number of folders, and then any number of folders, is any number of folders.
        _parts = [.. parts.Where((p, i) => p != "**" || i == 0 || parts[i - 1] != "**")];
        (_leavesOnly, _limit, _found, _maxSteps) = (leavesOnly, limit, found, maxSteps);
        _patterns = new List<GlobPattern>[_parts.Length];
        var any = _parts.Count(p => p == "**");
        if (any > 0 || Array.Exists(_parts, p => p.Contains('{'))) _seen = [];
        if (any > 1) _walked = [];
    }

    public void Run(IndexNode root) => Walk(root, string.Empty, 0);

    private void Walk(IndexNode node, string prefix, int at)
    {
        if (_walked is not null)
        {
            Count(StepsOfFolder);
            if (!_walked.Add((node, at))) return;
        }

        if (at == _parts.Length)
        {
            foreach (var child in node.Children()) Take(child, prefix);
            return;
        }

        if (_parts[at] == "**")
        {
            // Any number of folders, then what follows; nothing that follows means everything in them.
            Walk(node, prefix, at + 1);
            foreach (var child in node.Children())
            {
                Count(1);
                if (child.Folder is { } folder) Walk(folder, prefix + child.Name + ".", at);
            }

            return;
        }

        var last = at == _parts.Length - 1;
        foreach (var pattern in _patterns[at] ??= GlobPattern.Expand(_parts[at]))
        {
            if (pattern.IsLiteral)
            {
                // As in graphite-web, a path that ends with a dot is the folder before it.
                if (pattern.Text.Length == 0 && last && prefix.Length > 0 && !_leavesOnly) Take(prefix, null, false);
                if (node.TryFind(pattern.Text, out var child)) Step(child);
                continue;
            }

            foreach (var child in node.Children(pattern.Start))
            {
                Count(1);
                if (pattern.Matches(child.Name)) Step(child);
            }
        }

        void Step(IndexEntry child)
        {
            if (last) Take(child, prefix);
            else if (child.Folder is { } folder) Walk(folder, prefix + child.Name + ".", at + 1);
        }
    }

    private void Count(int steps)
    {
        if ((_steps += steps) > _maxSteps) throw GraphiteException.Limit($"Pattern '{Shown}' looks at more than {_maxSteps} names: make it narrower");
    }

    private void Take(IndexEntry node, string prefix)
    {
        var folder = node.Folder is not null && !_leavesOnly;
        if (!node.IsLeaf && !folder) return;
        var path = prefix + node.Name;
        if (node.IsLeaf) Take(path, node.Name, true);
        if (folder) Take(path, node.Name, false);
    }

    private void Take(string path, string? name, bool leaf)
    {
        if (_seen is not null && !_seen.Add((path, leaf))) return;
        if (_found.Count >= _limit) throw GraphiteException.Limit($"Pattern '{Shown}' matches more than {_limit} metrics: make it narrower");
        _found.Add(name is null ? new MetricNode(path, leaf) : new MetricNode(path, leaf) { Name = name });
    }

    private string Shown => string.Join('.', _parts) is { Length: > 200 } text ? text[..200] + "…" : string.Join('.', _parts);
}
