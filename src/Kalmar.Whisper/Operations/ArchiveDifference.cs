namespace Kalmar.Whisper.Operations;

/// <summary>What is not the same in an archive of two files.</summary>
/// <param name="Archive">The archive's number, by retention.</param>
/// <param name="Points">The points that are not the same.</param>
/// <param name="Total">How many points were compared.</param>
public sealed record ArchiveDifference(int Archive, IReadOnlyList<PointDifference> Points, int Total);
