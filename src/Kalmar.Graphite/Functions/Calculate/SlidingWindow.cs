using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions.Calculate;

/// <summary>Reduces every stretch of a given length. Sums are carried along, extremes kept in a queue, medians in order: a long window costs no more than a short one.</summary>
internal static class SlidingWindow
{
    /// <summary>The reduced values of the stretches that end at index <paramref name="window"/>, at the next one, and so on: the value itself is in its stretch.</summary>
    public static double[] Reduce(
        EvaluationBudget budget, double[] values, int window, string function, Func<ReadOnlySpan<double>, double> reduce, double xFilesFactor)
    {
        var count = Math.Max(values.Length - window, 0);
        var result = budget.Allocate(count);
        if (window <= 0 || count == 0)
        {
            Array.Fill(result, double.NaN);
            return result;
        }

        switch (function)
        {
            case "average" or "avg" or "sum" or "total" or "count":
                Sums(values, window, function, xFilesFactor, result);
                break;
            case "min" or "max":
                Extremes(values, window, function == "max", xFilesFactor, result);
                break;
            case "median":
                budget.Work((double)count * window / 16);
                Medians(values, window, xFilesFactor, result);
                break;
            default:
                budget.Work((double)count * window);
                Each(values, window, reduce, xFilesFactor, result);
                break;
        }

        return result;
    }

    // The running sum is a pair of doubles (Knuth's two-sum), so that what leaves the window takes exactly what it brought.
    private static void Sums(double[] values, int window, string function, double xFilesFactor, double[] result)
    {
        double high = 0, low = 0;
        var known = 0;
        var average = function is "average" or "avg";
        for (var i = 1; i < values.Length; i++)
        {
            Add(values[i], 1);
            if (i > window) Add(-values[i - window], -1);
            if (i < window) continue;
            result[i - window] = !Aggregation.Enough(known, window, xFilesFactor) ? double.NaN
                : function == "count" ? known
                : average ? (high + low) / known : high + low;
        }

        void Add(double value, int one)
        {
            if (double.IsNaN(value)) return;
            var sum = high + value;
            var part = sum - high;
            low += high - (sum - part) + (value - part);
            high = sum;
            known += one;
            if (known == 0) (high, low) = (0, 0);
        }
    }

    private static void Extremes(double[] values, int window, bool max, double xFilesFactor, double[] result)
    {
        var queue = new int[values.Length];
        var (head, tail, known) = (0, 0, 0);
        for (var i = 1; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                known++;
                while (tail > head && (max ? values[queue[tail - 1]] <= values[i] : values[queue[tail - 1]] >= values[i])) tail--;
                queue[tail++] = i;
            }

            if (i > window && !double.IsNaN(values[i - window])) known--;
            while (tail > head && queue[head] <= i - window) head++;
            if (i >= window) result[i - window] = Aggregation.Enough(known, window, xFilesFactor) ? values[queue[head]] : double.NaN;
        }
    }

    private static void Medians(double[] values, int window, double xFilesFactor, double[] result)
    {
        var sorted = new double[window + 1];
        var known = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                var at = Array.BinarySearch(sorted, 0, known, values[i]);
                if (at < 0) at = ~at;
                Array.Copy(sorted, at, sorted, at + 1, known - at);
                sorted[at] = values[i];
                known++;
            }

            if (i > window && !double.IsNaN(values[i - window]))
            {
                var at = Array.BinarySearch(sorted, 0, known, values[i - window]);
                Array.Copy(sorted, at + 1, sorted, at, known - at - 1);
                known--;
            }

            if (i < window) continue;
            var middle = known / 2;
            result[i - window] = !Aggregation.Enough(known, window, xFilesFactor) ? double.NaN
                : known % 2 == 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle];
        }
    }

    private static void Each(double[] values, int window, Func<ReadOnlySpan<double>, double> reduce, double xFilesFactor, double[] result)
    {
        var known = new double[window];
        for (var i = window; i < values.Length; i++)
        {
            var count = 0;
            foreach (var value in values.AsSpan(i - window + 1, window))
            {
                if (!double.IsNaN(value)) known[count++] = value;
            }

            result[i - window] = Aggregation.Enough(count, window, xFilesFactor) ? reduce(known.AsSpan(0, count)) : double.NaN;
        }
    }
}
