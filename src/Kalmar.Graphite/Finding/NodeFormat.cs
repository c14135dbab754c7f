using System.Buffers;
using Kalmar.Graphite.Rendering.Formats;
using Kalmar.Graphite.Sources;
using Kalmar.Whisper.Pickle;

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
        pickle.BeginList();
        foreach (var node in nodes)
        {
            pickle.BeginDictionary();
            pickle.Text("path"u8);
            pickle.Text(node.Path);
            pickle.Text("is_leaf"u8);
            pickle.Flag(node.IsLeaf);
            if (node.IsLeaf)
            {
                // As pairs: graphite-web's own classes, pickled by name, could not be read by one that runs on Python 3, whose list of allowed names is that of Python 2.
                pickle.Text("intervals"u8);
                pickle.BeginList();
                foreach (var interval in node.Intervals)
                {
                    pickle.Real(interval.Start);
                    pickle.Real(interval.End);
                    pickle.Pair();
                }

                pickle.EndList();
            }

            pickle.EndDictionary();
        }

        pickle.EndList();
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
