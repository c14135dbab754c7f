using Kalmar.Graphite.Targets;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions;

/// <summary>How results are named.</summary>
internal static class Naming
{
    /// <summary>The distinct path expressions of the series, in order, with commas between.</summary>
    public static string PathExpressions(List<Series> series)
    {
        if (series.Count == 1) return series[0].PathExpression;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var distinct = new List<string>();
        string? last = null;
        foreach (var one in series)
        {
            if (ReferenceEquals(last, one.PathExpression)) continue;
            last = one.PathExpression;
            if (seen.Add(last)) distinct.Add(last);
        }

        return string.Join(',', distinct);
    }

    /// <summary>The nodes and tags that group a series, with dots between.</summary>
    public static string Key(Series series, ReadOnlySpan<object?> nodes)
    {
        var path = series.Name.EndsWith(')') ? FirstPath(series.Name) ?? series.Name : series.Name;
        if (nodes.Length == 1) return Node(series, nodes[0], path);
        var parts = new string[nodes.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = Node(series, nodes[i], path);
        return string.Join('.', parts);
    }

    /// <summary>The path that a name such as <c>sum(scale(a.b,2))</c> is about.</summary>
    public static string? FirstPath(string name)
    {
        TargetNode? node;
        try
        {
            node = TargetParser.Parse(name);
        }
        catch (GraphiteException)
        {
            return null;
        }

        while (node is CallNode { Arguments.Count: > 0 } call) node = call.Arguments[0];
        return (node as PathNode)?.Path;
    }

    private static string Node(Series series, object? node, string path)
    {
        var index = node switch
        {
            long whole => (int?)Math.Clamp(whole, int.MinValue, int.MaxValue),
            double number when number == Math.Truncate(number) && Math.Abs(number) < int.MaxValue => (int)number,
            string text when int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) => null,
            _ => null,
        };
        if (index is { } at)
        {
            var semicolon = path.IndexOf(';', StringComparison.Ordinal);
            var span = semicolon < 0 ? path.AsSpan() : path.AsSpan(0, semicolon);
            if (at < 0) at += span.Count('.') + 1;
            var number = 0;
            foreach (var range in span.Split('.'))
            {
                if (number++ == at) return span[range].ToString();
            }
        }

        return series.Tags[PythonText.Str(node)] ?? string.Empty;
    }
}
