namespace Kalmar.Whisper;

/// <summary>Why a metric's name was refused.</summary>
public enum MetricNameFault
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>Nothing is left of it without dots.</summary>
    Empty,

    /// <summary>Longer than <see cref="MetricName.MaxLength"/> bytes.</summary>
    TooLong,

    /// <summary>A node is longer than a file's name can be.</summary>
    NodeTooLong,

    /// <summary>A zero byte or another control character.</summary>
    ControlCharacter,

    /// <summary>Not UTF-8.</summary>
    BadUtf8,

    /// <summary>A tag without a name or value, or with a character that tags must not have.</summary>
    BadTag,
}
