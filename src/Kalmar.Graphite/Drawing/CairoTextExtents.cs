using System.Runtime.InteropServices;

namespace Kalmar.Graphite.Drawing;

/// <summary>cairo_text_extents_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CairoTextExtents
{
    public double XBearing;
    public double YBearing;
    public double Width;
    public double Height;
    public double XAdvance;
    public double YAdvance;
}
