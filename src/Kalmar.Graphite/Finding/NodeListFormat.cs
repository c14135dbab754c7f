using Kalmar.Graphite.Rendering.Formats;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Finding;

/// <summary>The distinct names at one position of the paths: <c>{"nodes": […]}</c>.</summary>
internal static class NodeListFormat
{
    public static void Write(Utf8Output text, List<MetricNode> nodes, int position)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var parts = node.Path.Split('.');
            var at = position < 0 ? parts.Length + position : position;
            if (at < 0 || at >= parts.Length) throw new GraphiteException($"Position {position} is outside the path {node.Path}");
            names.Add(parts[at]);
        }

        text.Write("{\"nodes\": ["u8);
        var first = true;
        foreach (var name in names)
        {
            if (!first) text.Write(", "u8);
            first = false;
            text.WriteJsonString(name);
        }

        text.Write("]}"u8);
    }
}
