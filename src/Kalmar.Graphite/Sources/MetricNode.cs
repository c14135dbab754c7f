namespace Kalmar.Graphite.Sources;

/// <summary>A folder of metrics, or a metric.</summary>
/// <param name="Path">The whole path.</param>
/// <param name="IsLeaf">Whether it is a metric.</param>
public sealed record MetricNode(string Path, bool IsLeaf)
{
    /// <summary>The part of the path after the last dot; the whole of it for a tagged series.</summary>
    public string Name
    {
        get => field ??= Path.Contains(';') ? Path : Path[(Path.LastIndexOf('.') + 1)..];
        internal init;
    }

    /// <summary>The times for which a metric has values.</summary>
    public IReadOnlyList<TimeInterval> Intervals { get; init; } = [];
}
