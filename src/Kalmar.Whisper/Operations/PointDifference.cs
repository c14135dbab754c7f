namespace Kalmar.Whisper.Operations;

/// <summary>A point that is not the same in two files.</summary>
/// <param name="Timestamp">Its time.</param>
/// <param name="First">The value in the first file; null when it has none.</param>
/// <param name="Second">The value in the second file; null when it has none.</param>
public sealed record PointDifference(long Timestamp, double? First, double? Second);
