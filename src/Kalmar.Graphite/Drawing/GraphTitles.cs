using System.Net;

namespace Kalmar.Graphite.Drawing;

/// <summary>What all graphs have: titles, and a word when there is nothing to draw.</summary>
internal static class GraphTitles
{
    /// <summary>Draws title, vtitle and vtitleRight, and takes their room from the area.</summary>
    public static void Draw(ICanvas canvas, GraphOptions options, PlotArea area, bool twoAxes)
    {
        canvas.SetFont(options.Font.Size + Math.Floor(Math.Log(options.Font.Size)));
        canvas.SetColor(options.Foreground, 1);
        var height = canvas.FontExtents().Height;
        if (!options.GraphOnly && options.Text("title") is { } title)
        {
            canvas.Part("title");
            var y = area.Top;
            foreach (var line in Plain(title))
            {
                canvas.Draw(line, options.Width / 2.0, y, 0.5, VerticalPlace.Top);
                y += height;
            }

            area.Top = options.Text("yAxisSide") == "right" ? y : y + options.Margin;
        }

        if (!options.GraphOnly && options.Text("vtitle") is { } left)
        {
            canvas.Part("vtitle");
            var x = area.Left + height;
            foreach (var line in Plain(left))
            {
                canvas.Draw(line, x, options.Height / 2.0, 0.5, VerticalPlace.Baseline, 270);
                x += height;
            }

            area.Left = x + options.Margin + height;
        }

        if (twoAxes && !options.GraphOnly && options.Text("vtitleRight") is { } right)
        {
            canvas.Part("vtitleRight");
            var x = area.Right - height;
            foreach (var line in Plain(right))
            {
                canvas.Draw(line, x, options.Height / 2.0, 0.5, VerticalPlace.Baseline, 90);
                x -= height;
            }

            area.Right = x - options.Margin - height;
        }

        canvas.SetFont(options.Font.Size);
    }

    /// <summary>The area of a picture before anything was taken from it.</summary>
    public static PlotArea Area(GraphOptions options) => options.GraphOnly
        ? new PlotArea { Left = 0, Right = options.Width, Top = 0, Bottom = options.Height }
        : new PlotArea { Left = options.Margin + 10, Right = options.Width - options.Margin, Top = options.Margin, Bottom = options.Height - options.Margin };

    /// <summary>Says that there is nothing.</summary>
    public static void NoData(ICanvas canvas, GraphOptions options)
    {
        canvas.SetColor(GraphColor.Parse("red"), 1);
        canvas.SetFont(Math.Log((double)options.Width * options.Height));
        canvas.Draw("No Data", options.Width / 2.0, options.Height / 2.0, 0.5, VerticalPlace.Top);
    }

    /// <summary>A name as it is shown: names may come encoded for URLs.</summary>
    public static string Shown(string name) => name.Contains('%') || name.Contains('+') ? WebUtility.UrlDecode(name) : name;

    private static string[] Plain(string text) => Shown(text).Split('\n');
}
