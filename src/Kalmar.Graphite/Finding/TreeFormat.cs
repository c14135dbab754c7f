using Kalmar.Graphite.Rendering.Formats;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Finding;

/// <summary>Nodes for tree views: folders first, then metrics; of several with one name the first.</summary>
internal static class TreeFormat
{
    public static void Write(Utf8Output text, List<MetricNode> nodes, FindRequest request)
    {
        var dot = request.Query.LastIndexOf('.');
        var prefix = request.Query[..(dot + 1)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var distinct = nodes.Where(n => seen.Add(n.Name)).ToList();
        text.Write("["u8);
        var first = true;
        if (nodes.Count > 1 && request.Wildcards) Item(text, "*", prefix + "*", nodes.TrueForAll(n => n.IsLeaf), "text"u8, ref first);
        foreach (var node in distinct.Where(n => !n.IsLeaf).Concat(distinct.Where(n => n.IsLeaf)))
            Item(text, node.Name.Contains('%') ? Uri.UnescapeDataString(node.Name.Replace('+', ' ')) : node.Name.Replace('+', ' '), prefix + node.Name, node.IsLeaf, "text"u8, ref first);
        text.Write("]"u8);
    }

    private static void Item(Utf8Output text, string name, string id, bool leaf, ReadOnlySpan<byte> key, ref bool first)
    {
        if (!first) text.Write(", "u8);
        first = false;
        text.Write("{\""u8).Write(key).Write("\": "u8).WriteJsonString(name).Write(", \"id\": "u8).WriteJsonString(id);
        text.Write(leaf ? ", \"allowChildren\": 0, \"expandable\": 0, \"leaf\": 1}"u8 : ", \"allowChildren\": 1, \"expandable\": 1, \"leaf\": 0}"u8);
    }
}
