namespace Kalmar.Carbon.Cache;

/// <summary>What is known about a series' file.</summary>
internal enum FileKnowledge : byte
{
    /// <summary>Nobody has looked yet.</summary>
    Unknown,

    /// <summary>There was none when the writer looked.</summary>
    Missing,

    /// <summary>There is one.</summary>
    Present,
}
