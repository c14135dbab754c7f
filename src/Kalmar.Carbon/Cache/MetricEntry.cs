namespace Kalmar.Carbon.Cache;

/// <summary>A series in the cache.</summary>
internal struct MetricEntry
{
    /// <summary>Where its name is.</summary>
    public long Name;

    /// <summary>Bytes of its name.</summary>
    public ushort NameLength;

    /// <summary>What is known about its file.</summary>
    public FileKnowledge File;

    /// <summary>It is in the list of series to write.</summary>
    public bool Listed;

    /// <summary>Waiting points.</summary>
    public int Count;

    /// <summary>The first waiting point, or -1.</summary>
    public int Head;

    /// <summary>The last waiting point.</summary>
    public int Tail;

    /// <summary>The last point of those being written now, or -1.</summary>
    public int InFlight;

    /// <summary>The round of the writer in which it last had points.</summary>
    public int LastRound;
}
