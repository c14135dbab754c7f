namespace Kalmar.Graphite.Sources;

/// <summary>One walk through the index along a path with globs.</summary>
internal sealed class IndexSearch(string[] parts, bool leavesOnly, int limit, List<MetricNode> found)
{
    private readonly List<GlobPattern>?[] _patterns = new List<GlobPattern>[parts.Length];
    private HashSet<(string, bool)>? _seen;

    public void Run(IndexNode root)
    {
        // Lists and ** may reach the same node twice.
        var twice = false;
        foreach (var part in parts) twice |= part == "**" || part.Contains('{');
        if (twice) _seen = [];
        Walk(root, string.Empty, 0);
    }

    private void Walk(IndexNode node, string prefix, int at)
    {
        if (at == parts.Length)
        {
            foreach (var child in node.Children()) Take(child, prefix);
            return;
        }

        if (parts[at] == "**")
        {
            // Any number of folders, then what follows; nothing that follows means everything in them.
            Walk(node, prefix, at + 1);
            foreach (var child in node.Children())
            {
                if (child.Folder is { } folder) Walk(folder, prefix + child.Name + ".", at);
            }

            return;
        }

        var last = at == parts.Length - 1;
        foreach (var pattern in _patterns[at] ??= GlobPattern.Expand(parts[at]))
        {
            if (pattern.IsLiteral)
            {
                // As in graphite-web, a path that ends with a dot is the folder before it.
                if (pattern.Text.Length == 0 && last && prefix.Length > 0 && !leavesOnly) Take(prefix, null, false);
                if (node.TryFind(pattern.Text, out var child)) Step(child);
                continue;
            }

            foreach (var child in node.Children(pattern.Start))
            {
                if (pattern.Matches(child.Name)) Step(child);
            }
        }

        void Step(IndexEntry child)
        {
            if (last) Take(child, prefix);
            else if (child.Folder is { } folder) Walk(folder, prefix + child.Name + ".", at + 1);
        }
    }

    private void Take(IndexEntry node, string prefix)
    {
        var folder = node.Folder is not null && !leavesOnly;
        if (!node.IsLeaf && !folder) return;
        var path = prefix + node.Name;
        if (node.IsLeaf) Take(path, node.Name, true);
        if (folder) Take(path, node.Name, false);
    }

    private void Take(string path, string? name, bool leaf)
    {
        if (_seen is not null && !_seen.Add((path, leaf))) return;
        if (found.Count >= limit) throw GraphiteException.Limit($"Pattern '{string.Join('.', parts)}' matches more than {limit} metrics: make it narrower");
        found.Add(name is null ? new MetricNode(path, leaf) : new MetricNode(path, leaf) { Name = name });
    }
}
