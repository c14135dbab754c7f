using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("applyByNode", "Combine", "seriesList:seriesList, nodeNum:node, templateFunction:string, newName:string?",
    "Evaluates an expression for each distinct beginning of the names; % stands for it.")]
internal sealed class ApplyByNodeFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var list = call.List(0);
        var node = call.Int(1);
        var prefixes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var series in list)
        {
            var parts = series.Name.Split('.');
            var count = node + 1 < 0 ? Math.Max(parts.Length + node + 1, 0) : Math.Min(node + 1, parts.Length);
            prefixes.Add(string.Join('.', parts[..count]));
        }

        var results = new List<Series>();
        foreach (var prefix in prefixes)
        {
            var expression = call.Text(2).Replace("%", prefix, StringComparison.Ordinal);
            foreach (var series in await Evaluator.EvaluateAsync(call.Context, expression).ConfigureAwait(false))
            {
                if (call.TextOrNull(3) is { Length: > 0 } name) series.Name = name.Replace("%", prefix, StringComparison.Ordinal);
                (series.PathExpression, series.Start, series.End) = (prefix, list[^1].Start, list[^1].End);
                results.Add(series);
            }
        }

        return results;
    }
}
