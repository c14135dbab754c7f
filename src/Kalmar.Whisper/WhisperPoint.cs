namespace Kalmar.Whisper;

/// <summary>A value at a time.</summary>
/// <param name="Timestamp">Seconds since 1970 (UTC); a file holds times until 2106.</param>
/// <param name="Value">The value.</param>
public readonly record struct WhisperPoint(uint Timestamp, double Value)
{
    /// <summary>Bytes that a point takes in a file.</summary>
    public const int Size = 12;
}
