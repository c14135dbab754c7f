using System.Buffers;
using Kalmar.Graphite.Rendering.Formats;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Finding;

/// <summary>Nodes with the times for which they have values, for other servers.</summary>
internal static class NodeFormat
{
    public static void WriteJson(Utf8Output text, List<MetricNode> nodes)
    {
        nodes.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        text.Write("["u8);
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            text.Write(i > 0 ? ", {\"path\": "u8 : "{\"path\": "u8).WriteJsonString(node.Path);
            text.Write(node.IsLeaf ? ", \"is_leaf\": true"u8 : ", \"is_leaf\": false"u8);
            if (node.IsLeaf)
            {
                text.Write(", \"intervals\": ["u8);
                for (var j = 0; j < node.Intervals.Count; j++)
                {
                    text.Write(j > 0 ? ", {\"start\": "u8 : "{\"start\": "u8).WriteFloat(node.Intervals[j].Start, false);
                    text.Write(", \"end\": "u8).WriteFloat(node.Intervals[j].End, false);
                    text.Write("}"u8);
                }

                text.Write("]"u8);
            }

            text.Write("}"u8);
        }

        text.Write("]"u8);
    }

    public static void WritePickle(IBufferWriter<byte> output, List<MetricNode> nodes)
    {
        var pickle = new PickleWriter(output);
        pickle.Begin();
        pickle.List(nodes, static (p, node) =>
        {
            p.BeginDictionary();
            p.Text("path");
            p.Text(node.Path);
            p.Text("is_leaf");
            p.Flag(node.IsLeaf);
            if (node.IsLeaf)
            {
                p.Text("intervals");
                p.Intervals(node.Intervals);
            }

            p.EndDictionary();
        });
        pickle.End();
    }

    public static void WriteMessagePack(IBufferWriter<byte> output, List<MetricNode> nodes)
    {
        var pack = new MessagePackWriter(output);
        pack.Array(nodes.Count);
        foreach (var node in nodes)
        {
            pack.Map(node.IsLeaf ? 3 : 2);
            pack.Text("path");
            pack.Text(node.Path);
            pack.Text("is_leaf");
            pack.Flag(node.IsLeaf);
            if (!node.IsLeaf) continue;
            pack.Text("intervals");
            pack.Array(node.Intervals.Count);
            foreach (var interval in node.Intervals)
            {
                pack.Array(2);
                pack.Float(interval.Start);
                pack.Float(interval.End);
            }
        }

        pack.Flush();
    }
}
