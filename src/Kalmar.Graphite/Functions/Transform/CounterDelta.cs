namespace Kalmar.Graphite.Functions.Transform;

/// <summary>The growth of a counter that may wrap or start again.</summary>
internal static class CounterDelta
{
    /// <summary>
    /// The growth at each value: missing after a fall, unless a maximum tells where the counter wrapped or a minimum where it started again. Values
    /// outside minimum and maximum are left out.
    /// </summary>
    public static double[] Of(double[] from, double? maximum, double? minimum)
    {
        var values = new double[from.Length];
        var previous = double.NaN;
        for (var i = 0; i < from.Length; i++)
        {
            var value = from[i];
            if (value > maximum || value < minimum)
            {
                values[i] = previous = double.NaN;
                continue;
            }

            if (double.IsNaN(previous) || double.IsNaN(value)) values[i] = double.NaN;
            else if (value >= previous) values[i] = value - previous;
            else if (maximum is { } max) values[i] = max + 1 + value - previous - (minimum ?? 0);
            else values[i] = minimum is { } min ? value - min : double.NaN;
            previous = value;
        }

        return values;
    }
}
