namespace Kalmar.Graphite.Drawing;

/// <summary>Which height of a line of text lies at a point.</summary>
internal enum VerticalPlace
{
    Top,
    Middle,
    Bottom,
    Baseline,
}
