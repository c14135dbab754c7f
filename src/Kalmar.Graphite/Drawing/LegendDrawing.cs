namespace Kalmar.Graphite.Drawing;

/// <summary>The legend: a box of the colour and a name for each series, in columns as wide as the longest name, at the foot of the picture.</summary>
internal static class LegendDrawing
{
    private const double Padding = 5;

    /// <summary>Draws it and takes its room from the area.</summary>
    public static void Draw(ICanvas canvas, GraphOptions options, PlotArea area, List<(string Name, string Color, bool Right)> entries, bool twoAxes)
    {
        if (options.Flag("uniqueLegend")) entries = [.. entries.DistinctBy(e => e.Name, StringComparer.Ordinal)];
        if (entries.Count == 0) return;
        canvas.Part("legend");
        var longest = entries.MaxBy(e => e.Name.Length).Name;
        var height = canvas.FontExtents().Height;
        var (box, line) = (height - 1, height + 1);
        var width = canvas.TextWidth(longest) + (2 * (box + Padding));
        var split = twoAxes && canvas.TextWidth(longest + " " + longest) + (2 * (box + Padding)) + 50 < options.Width;
        var columns = Math.Max(1, (int)Math.Floor((split ? options.Width - area.Left : options.Width) / width));
        if (split) columns = Math.Max(1, columns / 2);
        var right = entries.Count(e => e.Right);
        var lines = split ? Math.Max(1, Math.Max(entries.Count - right, right) / (double)columns) : Math.Ceiling(entries.Count / (double)columns);
        area.Bottom -= (lines * line) + Padding;
        canvas.SetLineWidth(1);
        canvas.SetDash(null);
        var y = area.Bottom + (2 * Padding);
        var (leftCount, rightCount) = (0, 0);
        foreach (var (name, color, onRight) in entries)
        {
            if (split && onRight)
            {
                var at = area.Right - area.Left - (rightCount % columns * width);
                var top = y + (rightCount++ / columns * line);
                Box(canvas, color, at - Padding, top, box);
                canvas.SetColor(options.Foreground, 1);
                canvas.Draw(name, at - box, top, 1, VerticalPlace.Top);
                continue;
            }

            var left = area.Left + (leftCount % columns * width);
            var row = y + (leftCount++ / columns * line);
            Box(canvas, color, onRight ? left + width + Padding : left, row, box);
            canvas.SetColor(options.Foreground, 1);
            if (onRight) canvas.Draw(name, left + width, row, 1, VerticalPlace.Top);
            else canvas.Draw(name, left + box + Padding, row, 0, VerticalPlace.Top);
        }
    }

    private static void Box(ICanvas canvas, string color, double x, double y, double size)
    {
        canvas.SetColor(GraphColor.Parse(color), 1);
        canvas.Rectangle(x, y, size, size, fill: true);
        canvas.SetColor(GraphColor.Parse("darkgrey"), 1);
        canvas.Rectangle(x + 0.5, y + 0.5, size - 0.5, size - 0.5, fill: false);
    }
}
