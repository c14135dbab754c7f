using Kalmar.Carbon.Cache;
using Kalmar.Collectors;
using Kalmar.Graphite.Sources;

namespace Kalmar.Manager.History;

/// <summary>From the collectors into the cache; a series that is new becomes known to find and render at once. Thread-safe.</summary>
internal sealed class CacheSink(MetricCache cache, WhisperFolderSource source) : IMetricSink
{
    /// <inheritdoc/>
    public void Publish(string path, long unixSeconds, double value)
    {
        if (cache.Store(path, unixSeconds, value) == StoreResult.Stored)
        {
            source.Announce(path);
        }
    }
}
