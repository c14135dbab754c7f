using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Cluster;

/// <summary>Another server's answers in MessagePack.</summary>
internal static class MessagePackAnswer
{
    /// <summary>Nodes that were found.</summary>
    /// <exception cref="FormatException">It is no such answer.</exception>
    public static List<MetricNode> ReadNodes(ReadOnlySpan<byte> answer, FindQuery query)
    {
        var reader = new MessagePackReader(answer);
        var count = reader.ReadArray();
        List<MetricNode> nodes = [];
        for (; count > 0; count--)
        {
            string? path = null;
            var leaf = false;
            List<TimeInterval> intervals = [];
            for (var pairs = reader.ReadMap(); pairs > 0; pairs--)
            {
                switch (reader.ReadText())
                {
                    case "path" or "metric_path":
                        path = RemoteAnswer.Name(reader.ReadText());
                        break;
                    case "is_leaf" or "isLeaf":
                        leaf = reader.ReadFlag();
                        break;
                    case "intervals":
                        for (var i = reader.ReadArray(); i > 0; i--)
                        {
                            if (reader.ReadArray() != 2) throw new FormatException("an interval is not a pair");
                            intervals.Add(new TimeInterval(reader.ReadNumber(), reader.ReadNumber()));
                        }

                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            RemoteAnswer.Add(nodes, path, leaf, intervals, query);
        }

        return nodes;
    }

    /// <summary>Series with their values.</summary>
    /// <exception cref="FormatException">It is no such answer.</exception>
    public static List<Series> ReadSeries(ReadOnlySpan<byte> answer, FetchQuery query)
    {
        var reader = new MessagePackReader(answer);
        var count = reader.ReadArray();
        query.Budget.Series(count);
        List<Series> all = [];
        for (; count > 0; count--)
        {
            string? name = null;
            long start = 0, end = 0, step = 0;
            double[] values = [];
            for (var pairs = reader.ReadMap(); pairs > 0; pairs--)
            {
                switch (reader.ReadText())
                {
                    case "name":
                        name = RemoteAnswer.Name(reader.ReadText());
                        break;
                    case "start":
                        start = reader.ReadWhole();
                        break;
                    case "end":
                        end = reader.ReadWhole();
                        break;
                    case "step":
                        step = reader.ReadWhole();
                        break;
                    case "values":
                        values = query.Budget.Allocate(reader.ReadArray());
                        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadNumber();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            all.Add(RemoteAnswer.Make(name, start, end, step, values));
        }

        return all;
    }
}
