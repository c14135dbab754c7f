namespace Kalmar.Graphite.Functions;

/// <summary>The ways in which several values become one, by Graphite's names. Missing values are skipped; all missing gives missing.</summary>
internal static class Aggregation
{
    /// <summary>Finds a way by its name.</summary>
    /// <exception cref="GraphiteException">There is no such way.</exception>
    public static Func<ReadOnlySpan<double>, double> Get(string name) =>
        TryGet(name, out var function) ? function : throw new GraphiteException($"Unsupported aggregation function: {name}");

    /// <summary>Finds a way by its name.</summary>
    public static bool TryGet(string name, out Func<ReadOnlySpan<double>, double> function)
    {
        Func<ReadOnlySpan<double>, double>? found = name switch
        {
            "average" or "avg" => Average,
            "avg_zero" => AverageZero,
            "median" => Median,
            "sum" or "total" => Sum,
            "min" => Min,
            "max" => Max,
            "diff" => Diff,
            "stddev" => StdDev,
            "count" => values => Count(values),
            "range" or "rangeOf" => values => Max(values) - Min(values),
            "multiply" => Multiply,
            "last" or "current" => Last,
            _ => null,
        };
        function = found!;
        return found is not null;
    }

    /// <summary>All names, those of the old form with <c>Series</c> at the end left out.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["average", "avg_zero", "median", "sum", "min", "max", "diff", "stddev", "count", "range", "multiply", "last", "rangeOf", "avg", "total", "current"];

    public static int Count(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values) count += double.IsNaN(value) ? 0 : 1;
        return count;
    }

    public static double Sum(ReadOnlySpan<double> values)
    {
        var (sum, known) = (0.0, false);
        foreach (var value in values)
        {
            if (double.IsNaN(value)) continue;
            sum += value;
            known = true;
        }

        return known ? sum : double.NaN;
    }

    public static double Average(ReadOnlySpan<double> values)
    {
        var (sum, known) = (0.0, 0);
        foreach (var value in values)
        {
            if (double.IsNaN(value)) continue;
            sum += value;
            known++;
        }

        return known > 0 ? sum / known : double.NaN;
    }

    public static double AverageZero(ReadOnlySpan<double> values)
    {
        var sum = Sum(values);
        return values.Length == 0 ? double.NaN : (double.IsNaN(sum) ? 0 : sum) / values.Length;
    }

    public static double Min(ReadOnlySpan<double> values)
    {
        var min = double.NaN;
        foreach (var value in values)
        {
            if (value < min || double.IsNaN(min)) min = value;
        }

        return min;
    }

    public static double Max(ReadOnlySpan<double> values)
    {
        var max = double.NaN;
        foreach (var value in values)
        {
            if (value > max || double.IsNaN(max)) max = value;
        }

        return max;
    }

    public static double Last(ReadOnlySpan<double> values)
    {
        for (var i = values.Length - 1; i >= 0; i--)
        {
            if (!double.IsNaN(values[i])) return values[i];
        }

        return double.NaN;
    }

    public static double Diff(ReadOnlySpan<double> values)
    {
        var result = double.NaN;
        foreach (var value in values)
        {
            if (!double.IsNaN(value)) result = double.IsNaN(result) ? value : result - value;
        }

        return result;
    }

    public static double Multiply(ReadOnlySpan<double> values)
    {
        if (values.Length == 0) return double.NaN;
        var product = 1.0;
        foreach (var value in values) product *= value;
        return product;
    }

    public static double Median(ReadOnlySpan<double> values)
    {
        var known = Known(values);
        if (known.Length == 0) return double.NaN;
        Array.Sort(known);
        var middle = known.Length / 2;
        return known.Length % 2 == 0 ? (known[middle - 1] + known[middle]) / 2 : known[middle];
    }

    public static double StdDev(ReadOnlySpan<double> values)
    {
        var average = Average(values);
        var (sum, known) = (0.0, 0);
        foreach (var value in values)
        {
            if (double.IsNaN(value)) continue;
            sum += (value - average) * (value - average);
            known++;
        }

        return known > 0 ? Math.Sqrt(sum / known) : double.NaN;
    }

    /// <summary>The value below which <paramref name="percent"/> of the known values lie.</summary>
    public static double Percentile(ReadOnlySpan<double> values, double percent, bool interpolate = false)
    {
        var sorted = Known(values);
        Array.Sort(sorted);
        return PercentileOfSorted(sorted, percent, interpolate);
    }

    /// <summary>The same for values that are sorted and known.</summary>
    public static double PercentileOfSorted(ReadOnlySpan<double> sorted, double percent, bool interpolate)
    {
        if (sorted.Length == 0) return double.NaN;
        var fractional = percent / 100.0 * (sorted.Length + 1);
        var rank = (int)fractional;
        var fraction = fractional - rank;
        if (!interpolate) rank += (int)Math.Ceiling(fraction);
        double percentile;
        if (rank == 0) percentile = sorted[0];
        else if (rank - 1 == sorted.Length) percentile = sorted[^1];
        else if (rank < 0 || rank > sorted.Length) throw new GraphiteException($"Percentile {Text.PythonText.G(percent)} is not between 0 and 100");
        else percentile = sorted[rank - 1];
        if (!interpolate || rank == sorted.Length) return percentile;
        return rank < sorted.Length ? percentile + (fraction * (sorted[rank] - percentile)) : percentile;
    }

    /// <summary>The values that are there.</summary>
    public static double[] Known(ReadOnlySpan<double> values)
    {
        var known = new double[Count(values)];
        var at = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value)) known[at++] = value;
        }

        return known;
    }

    /// <summary>Whether enough of <paramref name="total"/> values are known.</summary>
    public static bool Enough(int known, double total, double xFilesFactor) => known > 0 && total > 0 && known / total >= xFilesFactor;
}
