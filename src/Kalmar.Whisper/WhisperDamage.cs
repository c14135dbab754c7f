namespace Kalmar.Whisper;

/// <summary>What is wrong with a damaged Whisper file.</summary>
public enum WhisperDamage
{
    /// <summary>Empty or nothing but zeros at its head: its creation was cut short before any point was written.</summary>
    Unfinished,

    /// <summary>Ends inside the header.</summary>
    TruncatedHeader,

    /// <summary>The aggregation number is none of the eight.</summary>
    UnknownAggregation,

    /// <summary>The xFilesFactor is not between 0 and 1.</summary>
    BadXFilesFactor,

    /// <summary>The number of archives is zero or beyond reason.</summary>
    BadArchiveCount,

    /// <summary>An archive has no points, a step of zero, or lies inside the header or another archive.</summary>
    ImpossibleArchive,

    /// <summary>The file ends before its last archive does.</summary>
    TruncatedArchive,
}
