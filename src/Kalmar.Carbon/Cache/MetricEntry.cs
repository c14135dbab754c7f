namespace Kalmar.Carbon.Cache;

/// <summary>
/// A series in the cache. Its first waiting point is kept here, as most series have one at a time; the others are in chunks of the
/// <see cref="PointPool"/>.
/// </summary>
internal struct MetricEntry
{
    /// <summary>Where its name is.</summary>
    public long Name;

    /// <summary>The first point's value, while <see cref="HasFirst"/>.</summary>
    public double FirstValue;

    /// <summary>The first point's time.</summary>
    public uint FirstTimestamp;

    /// <summary>Waiting points.</summary>
    public int Count;

    /// <summary>The first chunk, or -1.</summary>
    public int Head;

    /// <summary>The last chunk.</summary>
    public int Tail;

    /// <summary>Of the waiting points those, from the first on, that are being written now.</summary>
    public int InFlight;

    /// <summary>The round of the writer in which it last had points.</summary>
    public int LastRound;

    /// <summary>Bytes of its name.</summary>
    public ushort NameLength;

    /// <summary>Points at the first chunk's start that are gone.</summary>
    public byte HeadGone;

    /// <summary>What is known about its file.</summary>
    public FileKnowledge File;

    /// <summary>It is in the list of series to write.</summary>
    public bool Listed;

    /// <summary>The first waiting point is here and not in a chunk.</summary>
    public bool HasFirst;
}
