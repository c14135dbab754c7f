namespace Kalmar.Graphite.Sources;

/// <summary>Something that knows metrics: a folder of Whisper files, memory, or another Graphite server.</summary>
public interface IMetricSource
{
    /// <summary>Adds the nodes that match a pattern.</summary>
    ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken);

    /// <summary>Adds the series whose names match a pattern, each with its values in the window.</summary>
    ValueTask FetchAsync(FetchQuery query, List<Series> series, CancellationToken cancellationToken);

    /// <summary>Adds the names of all metrics, in no particular order.</summary>
    ValueTask ListAsync(bool localOnly, ICollection<string> names, CancellationToken cancellationToken);
}
