namespace Kalmar.Graphite.Drawing;

/// <summary>Draws the series themselves: lines, steps, areas, vertical lines.</summary>
internal sealed class LineDrawing(ICanvas canvas, GraphOptions options, PlotArea area, string lineMode, double lineWidth)
{
    private readonly double _connectedLimit = options.Number("connectedLimit") ?? double.PositiveInfinity;
    private readonly bool _nullAsZero = options.Flag("drawNullAsZero");
    private readonly CoveredArea _covered = new(area);

    /// <summary>Draws the series in order.</summary>
    public void Draw(List<Series> ordered, Func<Series, (AxisScale Scale, Func<double, double?> Y)> scaleOf, Func<Series, (double First, double Step)> xOf)
    {
        foreach (var series in ordered)
        {
            var style = series.OptionsOrNull;
            canvas.SetLineWidth(style?.LineWidth ?? lineWidth);
            canvas.SetDash(style?.Dashed);
            var color = GraphColor.Parse(series.Color!);
            canvas.SetColor(color, style is { Invisible: true } ? 0 : style?.Alpha ?? color.Alpha);
            var (y, x) = (scaleOf(series).Y, xOf(series));
            var points = series.Points();
            if (_nullAsZero) points = Array.ConvertAll(points, v => double.IsNaN(v) ? 0 : v);
            if (style is { DrawAsInfinite: true }) Infinite(points, x);
            else if (style is { Stacked: true }) Areas(points, x, y);
            else Lines(points, x, y);
        }

        canvas.SetDash(null);
    }

    private void Infinite(double[] points, (double First, double Step) x)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (!(points[i] > 0)) continue;
            canvas.MoveTo(x.First + (i * x.Step), area.Bottom);
            canvas.LineTo(x.First + (i * x.Step), area.Top);
            canvas.Stroke();
        }
    }

    private void Lines(double[] points, (double First, double Step) x, Func<double, double?> yOf)
    {
        // Points that are not known before this one; all of them before the first.
        var (gap, last) = (0, 0.0);
        for (var i = 0; i < points.Length; i++)
        {
            var at = x.First + (i * x.Step);
            if (double.IsNaN(points[i]) || yOf(points[i]) is not { } y)
            {
                // As in graphite-web, the last value before a gap reaches up to the gap.
                if (gap++ == 0 && i > 0 && lineMode != "staircase") canvas.LineTo(at, last);
                continue;
            }

            var lift = i == 0 || (lineMode == "connected" ? gap == i || gap > _connectedLimit : gap > 0);
            if (lift) canvas.MoveTo(at, y);
            else canvas.LineTo(at, y);
            if (lineMode == "staircase") canvas.LineTo(at + x.Step, y);
            // The last point behind a gap would not be seen at all.
            else if (lift && i + 1 == points.Length) canvas.LineTo(at + 0.5, y);
            (gap, last) = (0, y);
        }

        canvas.Stroke();
    }

    private void Areas(double[] points, (double First, double Step) x, Func<double, double?> yOf)
    {
        var foot = yOf(0) is { } zero ? Math.Clamp(zero, area.Top, area.Bottom) : area.Bottom;
        List<(double X, double Y, double Base)> run = [];
        for (var i = 0; i <= points.Length; i++)
        {
            if (i < points.Length && !double.IsNaN(points[i]) && yOf(points[i]) is { } y)
            {
                var at = x.First + (i * x.Step);
                var below = _covered.EdgeAt(at, foot, y <= foot);

                // What lies wholly below an area that was drawn before stays hidden behind it.
                var edge = y <= foot ? Math.Min(y, below) : Math.Max(y, below);
                run.Add((at, edge, below));
                if (lineMode == "staircase") run.Add((at + x.Step, edge, below));
                continue;
            }

            // As in graphite-web, the last value before a gap reaches up to the gap.
            if (run.Count > 0 && i < points.Length && lineMode != "staircase") run.Add(run[^1] with { X = x.First + (i * x.Step) });
            FillRun(run, foot);
        }
    }

    private void FillRun(List<(double X, double Y, double Base)> run, double foot)
    {
        if (run.Count > 0)
        {
            canvas.MoveTo(run[0].X, run[0].Base);
            foreach (var (x, y, _) in run) canvas.LineTo(x, y);
            for (var i = run.Count - 1; i >= 0; i--) canvas.LineTo(run[i].X, run[i].Base);
            canvas.Fill();
            for (var i = 0; i < run.Count; i++) _covered.Add((run[Math.Max(i - 1, 0)].X, run[Math.Max(i - 1, 0)].Y), (run[i].X, run[i].Y), foot);
        }

        run.Clear();
    }
}
