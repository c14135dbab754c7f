namespace Kalmar.Server.History;

/// <summary>What the numbers of a graph are.</summary>
public enum GraphUnit
{
    /// <summary>Just a number.</summary>
    Number,

    /// <summary>Something per second.</summary>
    Rate,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Bytes per second.</summary>
    ByteRate,

    /// <summary>0 to 100.</summary>
    Percent,

    /// <summary>Milliseconds.</summary>
    Milliseconds,
}
