using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Calculate;

[RenderFunction("aggregateLine", "Calculate", "seriesList:seriesList, func:aggFunc?=average, keepStep:boolean?=False",
    "A flat line at what an aggregation makes of the whole series.")]
internal sealed class AggregateLineFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var reduce = Aggregation.Get(call.Text(1));
        var whole = call.Text(1) == "count";
        var results = new List<Series>();
        foreach (var series in call.List(0))
        {
            var value = reduce(series.Points());
            var name = $"aggregateLine({series.Name}, {(double.IsNaN(value) ? "None" : PythonText.G(value))})";
            if (call.Flag(2))
            {
                var values = new double[series.Count];
                Array.Fill(values, value);
                results.Add(series.Copy(name, values));
                continue;
            }

            var line = Generated.Line(call, value, double.IsNaN(value) ? "None" : whole ? PythonText.D(value) : PythonText.Repr(value));
            line.Rename(name);
            results.Add(line);
        }

        return results;
    }
}
