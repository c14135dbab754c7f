using System.Runtime.InteropServices;

namespace Kalmar.Graphite.Drawing;

/// <summary>cairo_font_extents_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CairoFontExtents
{
    public double Ascent;
    public double Descent;
    public double Height;
    public double MaxXAdvance;
    public double MaxYAdvance;
}
