namespace Kalmar.Whisper.Operations;

/// <summary>What whisper-resize is to do besides new archives.</summary>
public sealed record ResizeOptions
{
    /// <summary>The new xFilesFactor; null to keep it.</summary>
    public double? XFilesFactor { get; init; }

    /// <summary>The new aggregation; null to keep it.</summary>
    public AggregationMethod? Aggregation { get; init; }

    /// <summary>Make this file instead of putting the new one in the old one's place.</summary>
    public string? NewFile { get; init; }

    /// <summary>Keep the old file as <c>.bak</c>.</summary>
    public bool KeepBackup { get; init; } = true;

    /// <summary>Make coarser points of finer ones where the archives no longer match.</summary>
    public bool Aggregate { get; init; }

    /// <summary>Gets a line before each step; null when nobody wants it.</summary>
    public Action<string>? Progress { get; init; }
}
