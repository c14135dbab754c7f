namespace Kalmar.Whisper;

/// <summary>How files are made and written.</summary>
public sealed record WhisperOptions
{
    /// <summary>Nothing special: new files are filled with zeros, no lock, no flush.</summary>
    public static WhisperOptions Default { get; } = new();

    /// <summary>New files are made with holes, which take no space until they are written (<c>WHISPER_SPARSE_CREATE</c>).</summary>
    public bool Sparse { get; init; }

    /// <summary>
    /// New files have their space set aside at once (<c>WHISPER_FALLOCATE_CREATE</c>); wins over <see cref="Sparse"/>. Small files are
    /// written whole instead, which reserves the same.
    /// </summary>
    public bool Fallocate { get; init; }

    /// <summary>Hold flock on the file while writing, as Python's Whisper does with <c>WHISPER_LOCK_WRITES</c>.</summary>
    public bool Lock { get; init; }

    /// <summary>Have the disk confirm each update (<c>WHISPER_AUTOFLUSH</c>).</summary>
    public bool Flush { get; init; }
}
