namespace Kalmar.Graphite.Drawing;

/// <summary>
/// How far areas that were drawn already reach, for each column of pixels, above and below the zero line: later ones are seen only beyond them, as in
/// graphite-web, where each area takes its place out of what may be drawn on.
/// </summary>
internal sealed class CoveredArea(PlotArea area)
{
    private readonly Dictionary<int, double> _above = [];
    private readonly Dictionary<int, double> _below = [];

    /// <summary>The edge of what is covered at a place, or <paramref name="foot"/> where nothing is.</summary>
    public double EdgeAt(double x, double foot, bool above) => (above ? _above : _below).TryGetValue(Column(x), out var edge) ? edge : foot;

    /// <summary>Covers what lies between the zero line and a line.</summary>
    public void Add((double X, double Y) from, (double X, double Y) to, double foot)
    {
        var (first, last) = (Column(Math.Max(from.X, area.Left)), Column(Math.Min(to.X, area.Right)));
        for (var column = first; column <= last; column++)
        {
            var share = to.X > from.X ? Math.Clamp((column - from.X) / (to.X - from.X), 0, 1) : 1;
            var y = from.Y + ((to.Y - from.Y) * share);
            if (y <= foot) _above[column] = Math.Min(y, EdgeAt(column, foot, above: true));
            else _below[column] = Math.Max(y, EdgeAt(column, foot, above: false));
        }
    }

    private static int Column(double x) => (int)Math.Round(x);
}
