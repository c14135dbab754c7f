using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions;

/// <summary>
/// Combines series into one, row by row. Sums and the like run along each series in turn, which reads memory in order.
/// </summary>
internal static class SeriesAggregator
{
    /// <summary>Combines the series; nothing when there are none.</summary>
    public static List<Series> Aggregate(RenderContext context, List<Series> list, string function, double? xFilesFactor = null)
    {
        var short_ = function.EndsWith("Series", StringComparison.Ordinal) ? function[..^6] : function;
        if (!Aggregation.TryGet(short_, out var combine)) throw new GraphiteException($"Unsupported aggregation function: {function}");
        if (Normalized.Of(list) is not { } normal) return [];
        var factor = xFilesFactor ?? context.XFilesFactor;
        var name = $"{short_}Series({Naming.PathExpressions(list)})";
        var (rows, length) = normal.Points();
        context.Budget.Values(length);
        var values = Combine(rows, length, short_, combine, factor);
        var tags = list[0].Tags;
        for (var i = 0; i < list.Count; i++) tags = tags.Common(list[i].Tags);
        if (tags["name"] is null) tags["name"] = name;
        tags["aggregatedBy"] = short_;
        return [new Series(name, normal.Start, normal.End, normal.Step, values) { XFilesFactor = factor, Tags = tags, WholeNumbers = short_ == "count" }];
    }

    /// <summary>Combines rows of values.</summary>
    public static double[] Combine(double[][] rows, int length, string function, Func<ReadOnlySpan<double>, double> combine, double factor)
    {
        if (function is "sum" or "total" or "average" or "avg" or "avg_zero" or "min" or "max" or "count" or "range" or "rangeOf")
            return Accumulated(rows, length, function, factor);
        var values = new double[length];
        var column = new double[rows.Length];
        for (var i = 0; i < length; i++)
        {
            var known = Column(rows, i, column);
            values[i] = Aggregation.Enough(known, rows.Length, factor) ? combine(column) : double.NaN;
        }

        return values;
    }

    /// <summary>Copies row <paramref name="at"/> of all series and counts its known values.</summary>
    public static int Column(double[][] rows, int at, double[] column)
    {
        var known = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var value = at < rows[i].Length ? rows[i][at] : double.NaN;
            column[i] = value;
            if (!double.IsNaN(value)) known++;
        }

        return known;
    }

    private static double[] Accumulated(double[][] rows, int length, string function, double factor)
    {
        var values = new double[length];
        var known = new int[length];
        double[]? second = null;
        switch (function)
        {
            case "min":
                Array.Fill(values, double.PositiveInfinity);
                foreach (var row in rows) Least(row, values, known);
                break;
            case "max":
                Array.Fill(values, double.NegativeInfinity);
                foreach (var row in rows) Most(row, values, known);
                break;
            case "range" or "rangeOf":
                second = new double[length];
                Array.Fill(values, double.NegativeInfinity);
                Array.Fill(second, double.PositiveInfinity);
                foreach (var row in rows) Most(row, values, known);
                foreach (var row in rows) Least(row, second, new int[length]);
                break;
            default:
                foreach (var row in rows) Add(row, values, known);
                break;
        }

        for (var i = 0; i < length; i++)
        {
            if (!Aggregation.Enough(known[i], rows.Length, factor)) values[i] = double.NaN;
            else if (function is "average" or "avg") values[i] /= known[i];
            else if (function is "avg_zero") values[i] /= rows.Length;
            else if (function is "count") values[i] = known[i];
            else if (second is not null) values[i] -= second[i];
        }

        return values;
    }

    private static void Add(double[] row, double[] values, int[] known)
    {
        for (var i = 0; i < row.Length && i < values.Length && i < known.Length; i++)
        {
            var value = row[i];
            var there = !double.IsNaN(value);
            values[i] += there ? value : 0;
            known[i] += there ? 1 : 0;
        }
    }

    private static void Least(double[] row, double[] values, int[] known)
    {
        for (var i = 0; i < row.Length && i < values.Length; i++)
        {
            if (double.IsNaN(row[i])) continue;
            known[i]++;
            if (row[i] < values[i]) values[i] = row[i];
        }
    }

    private static void Most(double[] row, double[] values, int[] known)
    {
        for (var i = 0; i < row.Length && i < values.Length; i++)
        {
            if (double.IsNaN(row[i])) continue;
            known[i]++;
            if (row[i] > values[i]) values[i] = row[i];
        }
    }
}
