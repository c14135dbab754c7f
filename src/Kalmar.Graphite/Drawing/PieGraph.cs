using System.Globalization;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Drawing;

/// <summary>A pie: each series a slice, from the top clockwise.</summary>
internal sealed class PieGraph(ICanvas canvas, GraphOptions options, List<(string Name, double Value)> slices)
{
    private readonly PlotArea _area = GraphTitles.Area(options);

    /// <summary>Draws everything.</summary>
    public void Draw()
    {
        var total = slices.Sum(s => s.Value);
        if (slices.Count == 0 || total == 0 || !double.IsFinite(total))
        {
            GraphTitles.NoData(canvas, options);
            return;
        }

        GraphTitles.Draw(canvas, options, _area, twoAxes: false);
        if (!options.Flag("hideLegend"))
            LegendDrawing.Draw(canvas, options, _area, slices.Select((s, i) => (GraphTitles.Shown(s.Name), ColorOf(i), false)).ToList(), twoAxes: false);
        var (halfX, halfY) = ((_area.Right - _area.Left) / 2, (_area.Bottom - _area.Top) / 2);
        var (x, y, radius) = (_area.Left + halfX, _area.Top + halfY, Math.Max(Math.Min(halfX, halfY) * 0.95, 0));
        var alpha = options.Number("areaAlpha") ?? 1;
        var theta = 1.5 * Math.PI;
        canvas.Part("slices");
        List<(double Angle, string Label)> labels = [];
        for (var i = 0; i < slices.Count; i++)
        {
            var phi = theta + (2 * Math.PI * slices[i].Value / total);
            canvas.SetColor(GraphColor.Parse(ColorOf(i)), alpha);
            canvas.Slice(x, y, radius, theta, phi);
            if (Label(slices[i].Value, slices[i].Value / total * 100) is { } label) labels.Add(((theta + phi) / 2, label));
            theta = phi;
        }

        canvas.SetColor(GraphColor.Parse(options.Text("valueLabelsColor") ?? "black"), 1);
        foreach (var (angle, label) in labels)
        {
            var turned = angle % (2 * Math.PI);
            if (turned is > Math.PI / 2 and <= 1.5 * Math.PI) turned -= Math.PI;
            var degrees = options.Text("pieLabels") == "rotated" ? turned * 180 / Math.PI : 0;
            canvas.Draw(label, x + (radius / 2 * Math.Cos(angle)), y + (radius / 2 * Math.Sin(angle)), 0.5, VerticalPlace.Middle, degrees);
        }
    }

    private string ColorOf(int index) => options.Colors[index % options.Colors.Count];

    private string? Label(double value, double percent)
    {
        var least = options.Number("valueLabelsMin") ?? 5;
        return (options.Text("valueLabels") ?? "percent") switch
        {
            "none" => null,
            "percent" => percent < least ? null : "%" + PythonText.F2(percent),
            "number" => value < least ? null : value < 10 && value != Math.Truncate(value) ? PythonText.F2(value) : PythonText.D(value),
            var other => throw new GraphiteException(string.Create(CultureInfo.InvariantCulture, $"valueLabels={other} must be one of none, number, percent")),
        };
    }
}
