using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Cluster;

/// <summary>What another server's answers must hold, in whatever form they come.</summary>
internal static class RemoteAnswer
{
    private const int MaxName = 8192;

    /// <summary>A name that is not too long.</summary>
    public static string Name(string text) => text.Length <= MaxName ? text : throw new FormatException($"a name has {text.Length} characters");

    /// <summary>Takes a node that was found.</summary>
    public static void Add(List<MetricNode> nodes, string? path, bool leaf, List<TimeInterval> intervals, FindQuery query)
    {
        if (path is null) throw new FormatException("a node has no path");
        if (leaf || !query.LeavesOnly) nodes.Add(new MetricNode(path, leaf) { Intervals = intervals });
        if (nodes.Count > query.Limit) throw GraphiteException.Limit($"Pattern '{query.Pattern}' matches more than {query.Limit} metrics: make it narrower");
    }

    /// <summary>A series.</summary>
    public static Series Make(string? name, long start, long end, long step, double[] values) => name is null || step <= 0
        ? throw new FormatException("a series has no name or no step") : new Series(name, start, end, step, values);
}
