namespace Kalmar.Whisper;

/// <summary>An archive as a file's header tells it.</summary>
/// <param name="Offset">Where its points begin in the file.</param>
/// <param name="SecondsPerPoint">Its step in seconds.</param>
/// <param name="Points">How many points it holds.</param>
public readonly record struct ArchiveInfo(uint Offset, uint SecondsPerPoint, uint Points)
{
    /// <summary>The span that it covers, in seconds.</summary>
    public long Retention => (long)SecondsPerPoint * Points;

    /// <summary>Bytes that its points take.</summary>
    public long Size => (long)Points * WhisperPoint.Size;

    /// <summary>The place after its last point.</summary>
    public long End => Offset + Size;

    /// <summary>Step and number of points.</summary>
    public ArchiveSpec Spec => new(SecondsPerPoint, Points);

    /// <summary>Where the point of a time goes when the point at <see cref="Offset"/> has the time <paramref name="origin"/>.</summary>
    internal long Place(long interval, long origin)
    {
        long distance = Arithmetic.FloorDivide(interval - origin, SecondsPerPoint) * WhisperPoint.Size;
        return Offset + Arithmetic.FloorModulo(distance, Size);
    }
}
