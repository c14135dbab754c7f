namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("stacked", "Graph", "seriesList:seriesList, stack:string?", "Adds each series to those before it in the same stack.")]
internal sealed class StackedFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var name = call.TextOrNull(1) ?? "__DEFAULT__";
        var stacks = call.Context.Stacks ??= new(StringComparer.Ordinal);
        if (!stacks.TryGetValue(name, out var total)) stacks[name] = total = [];
        var results = new List<Series>();
        foreach (var series in call.List(0))
        {
            var values = new double[series.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if (total.Count <= i) total.Add(0);
                values[i] = double.IsNaN(series.Values[i]) ? double.NaN : total[i] += series.Values[i];
            }

            if (name == "__DEFAULT__") series.Tags["stacked"] = name;
            var made = series.Copy(name == "__DEFAULT__" ? $"stacked({series.Name})" : series.Name, values);
            made.Options.Stacked = true;
            results.Add(made);
        }

        return results;
    }
}
