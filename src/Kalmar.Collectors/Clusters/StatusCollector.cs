namespace Kalmar.Collectors.Clusters;

/// <summary>Publishes how the cluster is doing, see <see cref="StatusSamples"/>.</summary>
/// <param name="branch">Where the cluster's series are: <c>ceph.cluster.FSID</c>, see <see cref="MetricNames.ClusterBranch"/>.</param>
/// <param name="source">Gives the newest reading, or null when there is none; called at each turn.</param>
/// <param name="timeProvider">The clock that says how old a reading is.</param>
/// <param name="interval">How often.</param>
/// <param name="maxAge">The oldest reading that is published; null means three intervals.</param>
public sealed class StatusCollector(
    string branch,
    Func<Dated<StatusReading>?> source,
    TimeProvider timeProvider,
    TimeSpan interval,
    TimeSpan? maxAge = null)
    : SnapshotCollector<StatusReading>("status", source, timeProvider, interval, maxAge)
{
    private protected override void Publish(IMetricSink sink, Dated<StatusReading> reading, DateTimeOffset time) =>
        StatusSamples.Publish(branch, reading.Value, time, sink);
}
