using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("weightedAverage", "Combine", "seriesListAvg:seriesList, seriesListWeight:seriesList, nodes:nodeOrTag?...",
    "The mean of the first series, weighted by the second ones that share nodes of the name with them.")]
internal sealed class WeightedAverageFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var (averages, weights) = (call.List(0), call.List(1));
        if (averages.Count != weights.Count)
        {
            throw new GraphiteException(
                $"weightedAverage must receive the same number of series for seriesListAvg and seriesListWeight but received respectively {averages.Count} and {weights.Count}");
        }

        var nodes = call.Rest(2);
        var pairs = new List<(string Key, Series? Average, Series? Weight)>();
        for (var i = 0; i < averages.Count; i++)
        {
            Put(Naming.Key(averages[i], nodes), averages[i], null);
            Put(Naming.Key(weights[i], nodes), null, weights[i]);
        }

        var products = new List<Series>();
        foreach (var (_, average, weight) in pairs)
        {
            if (average is null || weight is null) continue;
            var (a, w) = (average.Points(), weight.Points());
            var values = new double[Math.Max(a.Length, w.Length)];
            for (var i = 0; i < values.Length; i++) values[i] = i < a.Length && i < w.Length ? a[i] * w[i] : double.NaN;
            products.Add(new Series($"product({weight.Name},{average.Name})", average.Start, average.End, average.Step, values) { XFilesFactor = call.Context.XFilesFactor });
        }

        if (products.Count == 0) return new List<Series>();
        var product = SeriesAggregator.Aggregate(call.Context, products, "sum")[0];
        var weightSum = SeriesAggregator.Aggregate(call.Context, weights, "sum")[0].Points();
        var result = Quotient.Of(product.Points(), weightSum);
        var name = $"weightedAverage({Paths(averages)}, {Paths(weights)}, {string.Join(',', nodes.Select(PythonText.Str))})";
        return new List<Series> { new(name, product.Start, product.End, product.Step, result) { XFilesFactor = call.Context.XFilesFactor } };

        void Put(string key, Series? average, Series? weight)
        {
            var at = pairs.FindIndex(p => p.Key == key);
            if (at < 0) pairs.Add((key, average, weight));
            else pairs[at] = (key, average ?? pairs[at].Average, weight ?? pairs[at].Weight);
        }
    }

    private static string Paths(List<Series> list) => string.Join(',', list.Select(s => s.PathExpression).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
