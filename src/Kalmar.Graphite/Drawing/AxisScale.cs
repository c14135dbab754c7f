using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Drawing;

/// <summary>
/// A value axis: its limits, the step of its labels and their text. Steps are 1, 2 or 5 times a power of ten (powers of two for binary units); of those that
/// give 4, 5 or 6 parts the one is taken that leaves the least room unused. On a logarithmic axis labels stand at the powers of the base.
/// </summary>
internal sealed class AxisScale
{
    private const double Epsilon = 0.0001;
    private readonly string _system;
    private readonly double? _logBase;
    private readonly double _span;
    private readonly double? _step;

    public AxisScale(double min, double max, GraphOptions options, string suffix)
    {
        (_system, _logBase) = (options.UnitSystem, options.LogBase);
        var fixedMin = options.Number("yMin" + suffix) ?? (suffix.Length == 0 ? options.Number("min") : null);
        var fixedMax = options.Number("yMax" + suffix) ?? (suffix.Length == 0 ? options.Number("max") : null);
        var limit = options.Number("yLimit" + suffix);
        if (fixedMin is { } low) min = low;
        if (fixedMax is { } high) max = high;
        var limited = limit < max;
        if (limited) max = limit!.Value;
        (min, max) = Reconcile(min, max, fixedMin is not null, fixedMax is not null || limited);
        if (_logBase is { } root)
        {
            if (min <= 0) throw new GraphiteException("Logarithmic scale specified with a dataset with a minimum value less than or equal to zero");
            Bottom = Math.Pow(root, Math.Floor(Math.Log(min, root)));
            Top = Math.Pow(root, Math.Ceiling(Math.Log(max, root)));
            if (Top <= Bottom) Top = Bottom * root;
            _span = Top - Bottom;
            Labels = LogLabels(root);
            return;
        }

        var step = options.Number("yStep" + suffix) is { } wanted and > 0 ? wanted : ChooseStep(min, max, Divisors(options), _system == "binary");
        if (max - min > 1_000 * step) step = ChooseStep(min, max, [4, 5, 6], _system == "binary");
        _step = step;
        Bottom = fixedMin is not null ? min : step * Math.Floor((min / step) + Epsilon);
        Top = fixedMax is not null || limited ? max : step * Math.Ceiling((max / step) - Epsilon);
        if (!limited && fixedMax is null && limit < Top - (Epsilon * step)) Top = limit.Value;
        if (Top <= Bottom) Top = Bottom + 1;
        _span = Top - Bottom;
        var first = step * Math.Ceiling((Bottom / step) - Epsilon);
        Labels = [];
        for (var i = 0; Labels.Count <= 2_000 && first + (i * step) <= Top + (Epsilon * step); i++) Labels.Add(first + (i * step));
    }

    public double Bottom { get; }

    public double Top { get; }

    /// <summary>The values at which labels stand.</summary>
    public List<double> Labels { get; }

    /// <summary>How high a value lies between the lowest (0) and the highest label (1); null when the axis cannot show it.</summary>
    public double? Position(double value)
    {
        var (low, high) = Labels.Count > 1 ? (Labels[0], Labels[^1]) : (Bottom, Top);
        if (_logBase is null) return (value - low) / (high - low);
        return value <= 0 ? null : Math.Log(value / low) / Math.Log(high / low);
    }

    /// <summary>The text of a label.</summary>
    public string Label(double value)
    {
        var (number, prefix) = UnitFormat.Scale(value, _system, null, _step);
        var (span, spanPrefix) = UnitFormat.Scale(_span, _system, null, _step);
        if (prefix.Length > 0) prefix += " ";
        if (number < 0.1) return $"{PythonText.G(number)} {prefix}";
        if (number < 1.0) return $"{PythonText.F2(number)} {prefix}";
        if (span > 10 || spanPrefix != prefix) return $"{Fixed(number, 1)} {prefix}";
        if (span > 3) return $"{Fixed(number, 1)} {prefix}";
        return span > 0.1 ? $"{PythonText.F2(number)} {prefix}" : $"{PythonText.G(number)} {prefix}";
    }

    private static string Fixed(double value, int decimals) => value.ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture);

    private static (double Min, double Max) Reconcile(double min, double max, bool minFixed, bool maxFixed)
    {
        if (min < max) return (min, max);
        if (minFixed && maxFixed) throw new GraphiteException("The axis' least value must be below its greatest");
        if (minFixed) return (min, min + Delta(min));
        if (maxFixed) return (max - Delta(max), max);
        var (delta, middle) = (Delta(Math.Max(Math.Abs(min), Math.Abs(max))), (min + max) / 2);
        return (middle - delta, middle + delta);
    }

    private static double Delta(double value) => Math.Abs(value) < 1e-9 ? 1 : 0.1 * Math.Abs(value);

    private static int[] Divisors(GraphOptions options)
    {
        var listed = (options.Text("yDivisors") ?? "4,5,6").Split(',');
        var divisors = new int[listed.Length];
        for (var i = 0; i < divisors.Length; i++)
        {
            if (!int.TryParse(listed[i], System.Globalization.CultureInfo.InvariantCulture, out divisors[i]) || divisors[i] is < 1 or > 1_000)
                throw new GraphiteException("yDivisors must be numbers from 1 to 1000");
        }

        return divisors;
    }

    private static double ChooseStep(double min, double max, int[] divisors, bool binary)
    {
        var variance = max - min;
        var least = variance / divisors.Max();
        double[] mantissas = binary ? [1] : [1, 2, 5];
        var root = binary ? 2.0 : 10.0;
        double? bestSlop = null;
        var best = 0.0;
        for (var exponent = Math.Floor(Math.Log(least, root) - Epsilon); ; exponent++)
        {
            foreach (var mantissa in mantissas)
            {
                var step = mantissa * Math.Pow(root, exponent);
                if (step < least * (1 - Epsilon)) continue;
                if (bestSlop is { } known && step * divisors.Min() >= (2 * known) + variance) return best;
                foreach (var divisor in divisors)
                {
                    var bottom = step * Math.Floor((min / step) + Epsilon);
                    var top = bottom + (step * divisor);
                    if (top < max - (Epsilon * step)) continue;
                    var slop = Math.Max(top - max, min - bottom);
                    if (!(slop >= bestSlop)) (bestSlop, best) = (slop, step);
                }
            }

            if (exponent > 320) return best > 0 ? best : 1;
        }
    }

    private List<double> LogLabels(double root)
    {
        List<double> labels = [];
        for (var value = Math.Pow(root, Math.Ceiling(Math.Log(Bottom, root) - Epsilon)); value < Top * (1 + Epsilon) && labels.Count < 2_000; value *= root) labels.Add(value);
        return labels;
    }
}
