namespace Kalmar.Graphite.Drawing;

/// <summary>The font of a picture.</summary>
internal sealed record GraphFont(string Family, double Size, bool Bold, bool Italic);
