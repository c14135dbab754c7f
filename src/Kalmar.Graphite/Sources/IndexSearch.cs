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
            foreach (var child in node.Children) Take(child, prefix);
            return;
        }

        if (parts[at] == "**")
        {
            // Any number of folders, then what follows; nothing that follows means everything in them.
            Walk(node, prefix, at + 1);
            foreach (var child in node.Children)
            {
                if (child.HasChildren) Walk(child, prefix + child.Name + ".", at);
            }

            return;
        }

        var last = at == parts.Length - 1;
        foreach (var pattern in _patterns[at] ??= GlobPattern.Expand(parts[at]))
        {
            if (pattern.IsLiteral)
            {
                // As in graphite-web, a path that ends with a dot is the folder before it.
                if (pattern.Text.Length == 0 && last && prefix.Length > 0 && !leavesOnly) Take(prefix, false);
                if (node.Find(pattern.Text) is { } child) Step(child);
                continue;
            }

            foreach (var child in node.Children)
            {
                if (pattern.Matches(child.Name)) Step(child);
            }
        }

        void Step(IndexNode child)
        {
            if (last) Take(child, prefix);
            else if (child.HasChildren) Walk(child, prefix + child.Name + ".", at + 1);
        }
    }

    private void Take(IndexNode node, string prefix)
    {
        if (!node.IsLeaf && (leavesOnly || !node.HasChildren)) return;
        var path = prefix + node.Name;
        if (node.IsLeaf) Take(path, true);
        if (!leavesOnly && node.HasChildren) Take(path, false);
    }

    private void Take(string path, bool leaf)
    {
        if (_seen is not null && !_seen.Add((path, leaf))) return;
        if (found.Count >= limit) throw GraphiteException.Limit($"Pattern '{string.Join('.', parts)}' matches more than {limit} metrics: make it narrower");
        found.Add(new MetricNode(path, leaf));
    }
}
