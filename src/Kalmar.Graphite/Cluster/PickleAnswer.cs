using System.Text;
using Kalmar.Graphite.Sources;
using Kalmar.Whisper.Pickle;

namespace Kalmar.Graphite.Cluster;

/// <summary>
/// Another server's answers in Python's pickle. Its classes of intervals are read as data; any other class, and everything that would run something,
/// is refused.
/// </summary>
internal static class PickleAnswer
{
    // A value takes 24 bytes here.
    private const int MaxValues = 10_000_000;
    private static readonly string[] s_classes = ["graphite.intervals.IntervalSet", "graphite.intervals.Interval"];

    /// <summary>Nodes that were found.</summary>
    /// <exception cref="PickleException">It is no pickle, or one that is not read here.</exception>
    /// <exception cref="FormatException">It is no such answer.</exception>
    public static List<MetricNode> ReadNodes(ReadOnlySpan<byte> answer, FindQuery query)
    {
        List<MetricNode> nodes = [];
        foreach (var node in Items(PickleReader.Read(answer, s_classes, MaxValues)))
        {
            // metric_path and isLeaf are graphite-web 0.9's names.
            var path = First(node, "path"u8, "metric_path"u8, answer);
            var leaf = First(node, "is_leaf"u8, "isLeaf"u8, answer);
            List<TimeInterval> intervals = [];
            foreach (var interval in Intervals(node["intervals"u8, answer], answer)) intervals.Add(interval);
            RemoteAnswer.Add(nodes, path.Kind == PickleKind.Text ? Text(path, answer) : null, leaf.Kind is PickleKind.Boolean or PickleKind.Integer && leaf.Integer != 0, intervals, query);
        }

        return nodes;
    }

    /// <summary>Series with their values.</summary>
    /// <exception cref="PickleException">It is no pickle, or one that is not read here.</exception>
    /// <exception cref="FormatException">It is no such answer.</exception>
    public static List<Series> ReadSeries(ReadOnlySpan<byte> answer, FetchQuery query)
    {
        var rows = Items(PickleReader.Read(answer, [], MaxValues));
        query.Budget.Series(rows.Count);
        List<Series> all = [];
        foreach (var row in rows)
        {
            var known = Items(row["values"u8, answer]);
            var values = query.Budget.Allocate(known.Count);
            for (var i = 0; i < values.Length; i++) values[i] = known[i].Kind == PickleKind.None ? double.NaN : Number(known[i]);
            var name = row["name"u8, answer];
            all.Add(RemoteAnswer.Make(
                name.Kind == PickleKind.Text ? Text(name, answer) : null,
                Whole(row["start"u8, answer]), Whole(row["end"u8, answer]), Whole(row["step"u8, answer]), values));
        }

        return all;
    }

    private static List<TimeInterval> Intervals(PickleValue set, ReadOnlySpan<byte> answer)
    {
        var inner = State(set) is { Kind: PickleKind.Dictionary } state ? state["intervals"u8, answer] : set;
        List<TimeInterval> intervals = [];
        if (inner.Kind == PickleKind.None) return intervals;
        foreach (var one in Items(inner))
        {
            intervals.Add(State(one) is { Kind: PickleKind.Dictionary } parts
                ? new TimeInterval(Number(parts["start"u8, answer]), Number(parts["end"u8, answer]))
                : Items(one) is [var start, var end] ? new TimeInterval(Number(start), Number(end)) : throw new FormatException("an interval is not a pair"));
        }

        return intervals;
    }

    // An object is what it was made from, then its state.
    private static PickleValue State(PickleValue value) => value is { Kind: PickleKind.Object, Items.Count: > 1 } ? value.Items[1] : PickleValue.None;

    private static PickleValue First(PickleValue node, ReadOnlySpan<byte> name, ReadOnlySpan<byte> older, ReadOnlySpan<byte> answer) =>
        node[name, answer] is { Kind: not PickleKind.None } found ? found : node[older, answer];

    private static List<PickleValue> Items(PickleValue value) => value.Kind is PickleKind.List or PickleKind.Tuple ? value.Items : throw new FormatException($"a list was expected, and {value.Kind} is there");

    private static string Text(PickleValue value, ReadOnlySpan<byte> answer) => RemoteAnswer.Name(Encoding.UTF8.GetString(value.Text(answer)));

    private static double Number(PickleValue value) =>
        value.Kind is PickleKind.Integer or PickleKind.Real or PickleKind.Boolean ? value.Real : throw new FormatException($"a number was expected, and {value.Kind} is there");

    private static long Whole(PickleValue value) => Number(value) is var number && Math.Abs(number) <= 1e15 ? (long)number : throw new FormatException($"{number} is no whole number");
}
