using System.Diagnostics.CodeAnalysis;

namespace Kalmar.Carbon.Aggregation;

/// <summary>A method of <c>aggregation-rules.conf</c>.</summary>
/// <param name="name">Its name.</param>
/// <param name="function">What it makes of the values, in the order in which they came.</param>
public sealed class Aggregator(string name, Func<List<double>, double> function)
{
    private static readonly Aggregator[] All =
    [
        new("sum", v => v.Sum()),
        new("avg", v => v.Sum() / v.Count),
        new("min", v => v.Min()),
        new("max", v => v.Max()),
        new("p50", v => Percentile(v, 0.50)),
        new("p75", v => Percentile(v, 0.75)),
        new("p80", v => Percentile(v, 0.80)),
        new("p90", v => Percentile(v, 0.90)),
        new("p95", v => Percentile(v, 0.95)),
        new("p99", v => Percentile(v, 0.99)),
        new("p999", v => Percentile(v, 0.999)),
        new("count", v => v.Count),
        new("last", v => v[^1]),
    ];

    /// <summary>The names of all methods.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(a => a.Name)];

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Finds a method.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out Aggregator? aggregator)
    {
        aggregator = Array.Find(All, a => a.Name == name);
        return aggregator is not null;
    }

    /// <summary>Makes one value of at least one.</summary>
    internal double Of(List<double> values) => function(values);

    private static double Percentile(List<double> values, double factor)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        double rank = factor * (sorted.Length - 1);
        int left = (int)Math.Floor(rank);
        int right = (int)Math.Ceiling(rank);
        return left == right ? sorted[left] : (sorted[left] * (right - rank)) + (sorted[right] * (rank - left));
    }
}
