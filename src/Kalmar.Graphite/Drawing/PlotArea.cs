namespace Kalmar.Graphite.Drawing;

/// <summary>The part of a picture that is left for the graph; titles, legends and labels take from it.</summary>
internal sealed class PlotArea
{
    public double Left { get; set; }

    public double Right { get; set; }

    public double Top { get; set; }

    public double Bottom { get; set; }
}
