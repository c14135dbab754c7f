namespace Kalmar.Graphite.Drawing;

/// <summary>Places text by its side and its middle.</summary>
internal static class TextDrawing
{
    /// <summary>Draws text; align is 0 for left, 0.5 for centre, 1 for right.</summary>
    public static void Draw(this ICanvas canvas, string text, double x, double y, double align, VerticalPlace place, double degrees = 0)
    {
        var (ascent, descent, height) = canvas.FontExtents();
        var down = place switch { VerticalPlace.Top => ascent, VerticalPlace.Middle => (height / 2) - descent, VerticalPlace.Bottom => -descent, _ => 0 };
        var back = align * canvas.TextWidth(text);
        var angle = degrees * Math.PI / 180;
        var (sin, cos) = Math.SinCos(angle);
        canvas.Text(text, x - (sin * down) - (cos * back), y + (cos * down) - (sin * back), degrees);
    }
}
