namespace Kalmar.Whisper;

/// <summary>A single update lies in the future or beyond the file's retention; nothing was written.</summary>
public sealed class TimestampNotCoveredException(string message) : WhisperException(message);
