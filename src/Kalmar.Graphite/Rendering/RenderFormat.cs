namespace Kalmar.Graphite.Rendering;

/// <summary>The forms in which series are given.</summary>
public enum RenderFormat
{
    /// <summary>A picture as PNG.</summary>
    Png,

    /// <summary>A picture as SVG.</summary>
    Svg,

    /// <summary>A picture as PDF.</summary>
    Pdf,

    /// <summary>JSON: one object for each series with its points as [value, time].</summary>
    Json,

    /// <summary>Calamari's JSON: all series in one table, [time, value, value, …] for each row.</summary>
    JsonArray,

    /// <summary>Name, time and value in each line.</summary>
    Csv,

    /// <summary>One line for each series: name, start, end, step and the values.</summary>
    Raw,

    /// <summary>Python's pickle.</summary>
    Pickle,

    /// <summary>MessagePack.</summary>
    MessagePack,

    /// <summary>JSON as the dygraph library wants it.</summary>
    Dygraph,

    /// <summary>JSON as the rickshaw library wants it.</summary>
    Rickshaw,
}
