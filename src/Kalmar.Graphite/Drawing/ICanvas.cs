namespace Kalmar.Graphite.Drawing;

/// <summary>What graphs draw on. Coordinates are pixels from the top left corner.</summary>
internal interface ICanvas
{
    /// <summary>Begins a part of the picture by name: axes, grid, lines, legend, title.</summary>
    void Part(string name);

    void SetColor(GraphColor color, double alpha);

    void SetFont(double size);

    void SetLineWidth(double width);

    /// <summary>The length of a dash, or null for a full line.</summary>
    void SetDash(double? length);

    /// <summary>The font's ascent, descent and line height.</summary>
    (double Ascent, double Descent, double Height) FontExtents();

    double TextWidth(string text);

    /// <summary>Draws text whose baseline begins at the point, turned clockwise.</summary>
    void Text(string text, double x, double y, double degrees);

    void Rectangle(double x, double y, double width, double height, bool fill);

    void MoveTo(double x, double y);

    void LineTo(double x, double y);

    void Stroke();

    /// <summary>Fills the area of the path.</summary>
    void Fill();

    /// <summary>Limits all that follows to a rectangle, until <see cref="EndClip"/>.</summary>
    void BeginClip(double x, double y, double width, double height);

    void EndClip();

    /// <summary>Fills a slice of a circle between two angles in radians, clockwise from the right.</summary>
    void Slice(double x, double y, double radius, double from, double to);
}
