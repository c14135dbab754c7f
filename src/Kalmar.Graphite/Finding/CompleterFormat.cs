using Kalmar.Graphite.Rendering.Formats;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Finding;

/// <summary>Nodes for input fields: <c>{"metrics": [{"path": "a.", "name": "a", "is_leaf": "0"}]}</c>.</summary>
internal static class CompleterFormat
{
    public static void Write(Utf8Output text, List<MetricNode> nodes, bool wildcards)
    {
        text.Write("{\"metrics\": ["u8);
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            text.Write(i > 0 ? ", {\"path\": "u8 : "{\"path\": "u8).WriteJsonString(node.IsLeaf ? node.Path : node.Path + ".");
            text.Write(", \"name\": "u8).WriteJsonString(node.Name).Write(node.IsLeaf ? ", \"is_leaf\": \"1\"}"u8 : ", \"is_leaf\": \"0\"}"u8);
        }

        if (nodes.Count > 1 && wildcards) text.Write(", {\"name\": \"*\"}"u8);
        text.Write("]}"u8);
    }
}
