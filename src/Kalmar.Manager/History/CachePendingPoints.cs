using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Schemas;
using Kalmar.Graphite.Sources;
using Kalmar.Whisper;

namespace Kalmar.Manager.History;

/// <summary>Lets queries see points that are accepted and not yet on disk. Thread-safe.</summary>
internal sealed class CachePendingPoints(MetricCache cache, StorageSchemas schemas) : IPendingPoints
{
    /// <inheritdoc/>
    public void CopyTo(string metric, List<PendingPoint> points)
    {
        foreach (WhisperPoint point in cache.GetPoints(metric))
        {
            points.Add(new PendingPoint(point.Timestamp, point.Value));
        }
    }

    /// <inheritdoc/>
    public int StepOf(string metric) => (int)schemas.RetentionsOf(metric)[0].SecondsPerPoint;
}
