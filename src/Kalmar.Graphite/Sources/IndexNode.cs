namespace Kalmar.Graphite.Sources;

/// <summary>A part of a name in the index. Few children lie in an array, many in a dictionary.</summary>
internal sealed class IndexNode(string name)
{
    private const int Few = 12;
    private static readonly IndexNode[] s_none = [];
    private IndexNode[] _few = s_none;
    private Dictionary<string, IndexNode>? _many;

    public string Name { get; } = name;

    public bool IsLeaf { get; set; }

    public bool HasChildren => _few.Length > 0 || _many is { Count: > 0 };

    public IEnumerable<IndexNode> Children => _many is null ? _few : _many.Values;

    public IndexNode? Find(ReadOnlySpan<char> name)
    {
        if (_many is not null) return _many.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;
        foreach (var child in _few)
        {
            if (name.SequenceEqual(child.Name)) return child;
        }

        return null;
    }

    public IndexNode Add(IndexNode child)
    {
        if (_many is not null) _many.Add(child.Name, child);
        else if (_few.Length < Few) _few = [.. _few, child];
        else
        {
            _many = new Dictionary<string, IndexNode>(_few.Length * 2, StringComparer.Ordinal);
            foreach (var known in _few) _many.Add(known.Name, known);
            _many.Add(child.Name, child);
            _few = s_none;
        }

        return child;
    }

    public void Remove(IndexNode child)
    {
        if (_many is not null) _many.Remove(child.Name);
        else _few = _few.Where(c => c != child).ToArray();
    }

    public void CopyTo(string prefix, ICollection<string> names)
    {
        if (IsLeaf) names.Add(prefix + Name);
        if (!HasChildren) return;
        var below = Name.Length == 0 ? string.Empty : prefix + Name + ".";
        foreach (var child in Children) child.CopyTo(below, names);
    }
}
