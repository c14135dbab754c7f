using System.Globalization;
using System.Text;
using Kalmar.Server.History;

namespace Kalmar.Server.Views;

/// <summary>
/// Turns series into the paths of an SVG of <see cref="Width"/> by <see cref="Height"/> units, which the page stretches. Zero is the lower
/// edge; a gap in the data is a gap in the line.
/// </summary>
internal sealed class GraphShape
{
    /// <summary>Units from left to right.</summary>
    public const int Width = 600;

    /// <summary>Units from top to bottom.</summary>
    public const int Height = 100;

    private readonly GraphData _graph;

    /// <summary>Finds the scale of a graph.</summary>
    public GraphShape(GraphData graph)
    {
        _graph = graph;
        double top = graph.Series.SelectMany(s => s.Values).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        Max = graph.Definition.Unit == GraphUnit.Percent ? Math.Max(100, NiceMax(top, 1000)) : NiceMax(top, IsBytes ? 1024 : 1000);
    }

    /// <summary>The value at the upper edge.</summary>
    public double Max { get; }

    private bool IsBytes => _graph.Definition.Unit is GraphUnit.Bytes or GraphUnit.ByteRate;

    /// <summary>The paths of a series.</summary>
    /// <returns>The line, and the area below it.</returns>
    public (string Line, string Area) Paths(HistorySeries series)
    {
        StringBuilder line = new();
        StringBuilder area = new();
        double from = _graph.From.ToUnixTimeMilliseconds() / 1000.0;
        double span = (_graph.Until - _graph.From).TotalSeconds;
        bool drawing = false;
        double last = 0;
        for (int i = 0; i < series.Values.Count; i++)
        {
            double value = series.Values[i];
            double x = (series.Start + (i * series.Step) - from) / span * Width;
            if (!double.IsFinite(value) || x < 0 || x > Width)
            {
                Close(area, drawing, last);
                drawing = false;
                continue;
            }

            string point = $"{Number(x)} {Number(Height - (Math.Clamp(value / Max, 0, 1) * Height))}";
            line.Append(drawing ? 'L' : 'M').Append(point);
            if (!drawing)
            {
                // A lone point is drawn as a short stroke, or it would not be seen.
                area.Append('M').Append(Number(x)).Append(' ').Append(Height);
                if (i + 1 >= series.Values.Count || !double.IsFinite(series.Values[i + 1]))
                {
                    line.Append('L').Append(point);
                }
            }

            area.Append('L').Append(point);
            drawing = true;
            last = x;
        }

        Close(area, drawing, last);
        return (line.ToString(), area.ToString());
    }

    /// <summary>The last value of a series, when it is not older than three steps or a minute; null else: then nothing is known of now.</summary>
    public double? Last(HistorySeries series)
    {
        for (int i = series.Values.Count - 1; i >= 0; i--)
        {
            if (double.IsFinite(series.Values[i]))
            {
                long age = _graph.Until.ToUnixTimeSeconds() - (series.Start + (i * series.Step));
                return age <= Math.Max(60, 3 * series.Step) ? series.Values[i] : null;
            }
        }

        return null;
    }

    /// <summary>A value with the graph's unit.</summary>
    public static string Text(double? value, GraphUnit unit) => unit switch
    {
        GraphUnit.Bytes => Quantity.Bytes(value),
        GraphUnit.ByteRate => Quantity.BytesPerSecond(value),
        GraphUnit.Rate => Quantity.PerSecond(value),
        GraphUnit.Milliseconds => value is null ? Quantity.Number(null) : Quantity.Number(value) + " ms",
        GraphUnit.Percent => value is null ? Quantity.Percent(null) : Quantity.Percent(value / 100),
        _ => Quantity.Short(value),
    };

    /// <summary>The unit's name for the script.</summary>
    public static string ScriptName(GraphUnit unit) => unit switch
    {
        GraphUnit.Bytes => "bytes",
        GraphUnit.ByteRate => "bytes-rate",
        GraphUnit.Rate => "rate",
        GraphUnit.Percent => "percent",
        GraphUnit.Milliseconds => "ms",
        _ => "number",
    };

    // The next of 1, 2, 2.5, 5 times a power of ten, within the unit's thousand: 3.1 MiB gives 5 MiB.
    private static double NiceMax(double top, double thousand)
    {
        if (!(top > 0))
        {
            return 1;
        }

        double unit = 1;
        while (top / unit >= thousand)
        {
            unit *= thousand;
        }

        double decade = Math.Pow(10, Math.Floor(Math.Log10(top / unit)));
        foreach (double step in (ReadOnlySpan<double>)[1, 2, 2.5, 5, 10])
        {
            if (top / unit <= step * decade * 1.0000001)
            {
                return step * decade * unit;
            }
        }

        return top;
    }

    private static void Close(StringBuilder area, bool drawing, double x)
    {
        if (drawing)
        {
            area.Append('L').Append(Number(x)).Append(' ').Append(Height).Append('Z');
        }
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
