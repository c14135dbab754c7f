using Kalmar.Graphite.Functions;
using Kalmar.Graphite.Sources;
using Kalmar.Graphite.Targets;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Evaluation;

/// <summary>Turns targets into series.</summary>
public static class Evaluator
{
    /// <summary>Evaluates several targets one after the other in the same context.</summary>
    public static async ValueTask<List<Series>> EvaluateAsync(RenderContext context, IEnumerable<string> targets)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(targets);
        List<Series> all = [];
        List<TargetNode> nodes = [];
        foreach (var target in targets)
        {
            if (!string.IsNullOrWhiteSpace(target)) nodes.Add(TargetParser.Parse(target));
        }

        foreach (var node in nodes) all.AddRange(await EvaluateAsync(context, node).ConfigureAwait(false));
        return all;
    }

    /// <summary>Evaluates one target.</summary>
    public static ValueTask<List<Series>> EvaluateAsync(RenderContext context, string target) => EvaluateAsync(context, TargetParser.Parse(target));

    /// <summary>Evaluates a parsed target.</summary>
    /// <exception cref="GraphiteException">The target asks for something that cannot be.</exception>
    public static async ValueTask<List<Series>> EvaluateAsync(RenderContext context, TargetNode node)
    {
        var value = await ValueOfAsync(context, node, null).ConfigureAwait(false);
        return value switch
        {
            List<Series> list => list,
            List<List<Series>> lists => [.. lists.SelectMany(l => l)],
            null => [],
            _ => throw new GraphiteException($"The target gives {PythonText.Str(value)}, not series"),
        };
    }

    internal static async ValueTask<object?> ValueOfAsync(RenderContext context, TargetNode node, Replacements? replacements)
    {
        context.Budget.Evaluation();
        switch (node)
        {
            case ConstantNode constant:
                return constant.Value;
            case PathNode path:
                var (text, value) = replacements?.Apply(path.Path) ?? (path.Path, null);
                return text is null ? value : await FetchAsync(context, text).ConfigureAwait(false);
            case TemplateNode template:
                return await ValueOfAsync(context, template.Body, Replacements.Of(template, context.Template)).ConfigureAwait(false);
            case CallNode { Name: "seriesByTag" } call:
                return await FetchAsync(context, call.Raw).ConfigureAwait(false);
            case CallNode call:
                return await CallAsync(context, call, replacements).ConfigureAwait(false);
            default:
                throw new GraphiteException("Unknown part in target");
        }
    }

    private static async ValueTask<object?> CallAsync(RenderContext context, CallNode call, Replacements? replacements)
    {
        if (call.Name == "template") throw new GraphiteException("invalid template() syntax, only string/numeric arguments are allowed");
        if (!FunctionRegistry.TryGet(call.Name, out var function)) throw new GraphiteException($"Received request for unknown function: {call.Name}");
        var arguments = new object?[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = await ValueOfAsync(context, call.Arguments[i], replacements).ConfigureAwait(false);
        List<KeyValuePair<string, object?>> named = [];
        foreach (var (name, argument) in call.Named) named.Add(new(name, await ValueOfAsync(context, argument, replacements).ConfigureAwait(false)));
        var bound = new FunctionCall(context, function, call, replacements, arguments, named);
        return await function.Implementation.CallAsync(bound).ConfigureAwait(false);
    }

    private static async ValueTask<List<Series>> FetchAsync(RenderContext context, string path)
    {
        var fetched = new List<Series>();
        var paths = path.StartsWith("seriesByTag(", StringComparison.Ordinal) ? await TaggedAsync(context, path).ConfigureAwait(false) : [path];
        foreach (var pattern in paths)
        {
            var query = new FetchQuery(pattern, context.From, context.Until, context.Now, context.MaxDataPoints, context.LocalOnly, context.Budget);
            await context.Source.FetchAsync(query, fetched, context.Budget.Cancellation).ConfigureAwait(false);
        }

        foreach (var series in fetched) (series.PathExpression, series.XFilesFactor) = (path, context.XFilesFactor);
        return SeriesMerger.Merge(fetched);
    }

    private static async ValueTask<IReadOnlyList<string>> TaggedAsync(RenderContext context, string call)
    {
        var expressions = TargetParser.Parse(call) is CallNode node
            ? node.Arguments.OfType<ConstantNode>().Select(c => c.Value).OfType<string>().ToList()
            : [];
        return context.Tags is null ? [] : await context.Tags.FindSeriesAsync(expressions, context.Budget.Cancellation).ConfigureAwait(false);
    }
}
