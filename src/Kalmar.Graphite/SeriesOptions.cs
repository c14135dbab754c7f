namespace Kalmar.Graphite;

/// <summary>What functions such as <c>dashed</c> or <c>secondYAxis</c> say about how a series is drawn.</summary>
public sealed class SeriesOptions
{
    /// <summary>Drawn on top of the stack of those before it.</summary>
    public bool Stacked { get; set; }

    /// <summary>Takes part in the stack without being seen.</summary>
    public bool Invisible { get; set; }

    /// <summary>Measured on the right axis.</summary>
    public bool SecondYAxis { get; set; }

    /// <summary>Drawn as vertical lines of full height wherever it is not zero.</summary>
    public bool DrawAsInfinite { get; set; }

    /// <summary>Opacity from 0 to 1, or null.</summary>
    public double? Alpha { get; set; }

    /// <summary>Line width in pixels, or null.</summary>
    public double? LineWidth { get; set; }

    /// <summary>Length of a dash in pixels, or null for a full line.</summary>
    public double? Dashed { get; set; }
}
