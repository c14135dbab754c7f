using System.Buffers;
using Kalmar.Graphite.Rendering.Formats;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Finding;

/// <summary>Answers requests for names. Safe for several threads.</summary>
public sealed class Finder(IMetricSource source)
{
    /// <summary>Writes the answer to a find request and returns its media type.</summary>
    /// <exception cref="GraphiteException">The request is wrong or matches too much.</exception>
    public async ValueTask<string> FindAsync(FindRequest request, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        var intervals = request.Format is FindFormat.Json or FindFormat.Pickle or FindFormat.MessagePack;
        var nodes = await NodesAsync(
            new FindQuery(request.Pattern, request.From, request.Until, request.LocalOnly, request.LeavesOnly, intervals), cancellationToken).ConfigureAwait(false);
        nodes.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var text = new Utf8Output(output);
        if (request.JsonP is not null) text.Write(request.JsonP).Write("("u8);
        var type = request.JsonP is null ? "application/json" : "text/javascript";
        switch (request.Format)
        {
            case FindFormat.TreeJson:
                TreeFormat.Write(text, nodes, request);
                break;
            case FindFormat.NodeList:
                NodeListFormat.Write(text, nodes, request.Position);
                break;
            case FindFormat.Completer:
                CompleterFormat.Write(text, nodes, request.Wildcards);
                break;
            case FindFormat.Json:
                NodeFormat.WriteJson(text, nodes);
                break;
            case FindFormat.Pickle:
                text.Flush();
                NodeFormat.WritePickle(output, nodes);
                return "application/pickle";
            default:
                text.Flush();
                NodeFormat.WriteMessagePack(output, nodes);
                return "application/x-msgpack";
        }

        if (request.JsonP is not null) text.Write(")"u8);
        text.Flush();
        return type;
    }

    /// <summary>Writes the names that match patterns, sorted: <c>{"results": […]}</c>.</summary>
    public async ValueTask ExpandAsync(
        IReadOnlyList<string> patterns, bool leavesOnly, bool groupByExpression, bool localOnly, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var text = new Utf8Output(output);
        var all = new SortedSet<string>(StringComparer.Ordinal);
        text.Write(groupByExpression ? "{\"results\": {"u8 : "{\"results\": ["u8);
        var first = true;
        foreach (var pattern in patterns.Distinct(StringComparer.Ordinal))
        {
            var nodes = await NodesAsync(new FindQuery(pattern, LocalOnly: localOnly, LeavesOnly: leavesOnly), cancellationToken).ConfigureAwait(false);
            foreach (var node in nodes) all.Add(node.Path);
            if (!groupByExpression) continue;
            if (!first) text.Write(", "u8);
            first = false;
            text.WriteJsonString(pattern).Write(": ["u8);
            WriteNames(text, all);
            text.Write("]"u8);
            all.Clear();
        }

        if (!groupByExpression) WriteNames(text, all);
        text.Write(groupByExpression ? "}}"u8 : "]}"u8).Flush();
    }

    /// <summary>Writes the names of all metrics, sorted, as a JSON list.</summary>
    public async ValueTask IndexAsync(bool localOnly, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await source.ListAsync(localOnly, names, cancellationToken).ConfigureAwait(false);
        names.Sort(StringComparer.Ordinal);
        var text = new Utf8Output(output);
        text.Write("["u8);
        WriteNames(text, names);
        text.Write("]"u8).Flush();
    }

    /// <summary>The nodes that match, each once.</summary>
    public async ValueTask<List<MetricNode>> NodesAsync(FindQuery query, CancellationToken cancellationToken)
    {
        List<MetricNode> nodes = [];
        await source.FindAsync(query, nodes, cancellationToken).ConfigureAwait(false);
        return nodes;
    }

    private static void WriteNames(Utf8Output text, IEnumerable<string> names)
    {
        var first = true;
        string? last = null;
        foreach (var name in names)
        {
            if (name == last) continue;
            last = name;
            if (!first) text.Write(", "u8);
            first = false;
            text.WriteJsonString(name);
        }
    }
}
