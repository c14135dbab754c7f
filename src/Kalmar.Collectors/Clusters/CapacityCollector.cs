namespace Kalmar.Collectors.Clusters;

/// <summary>Publishes how full the cluster is, see <see cref="CapacitySamples"/>.</summary>
/// <param name="branch">Where the cluster's series are: <c>ceph.cluster.FSID</c>, see <see cref="MetricNames.ClusterBranch"/>.</param>
/// <param name="source">Gives the newest reading, or null when there is none; called at each turn.</param>
/// <param name="timeProvider">The clock that says how old a reading is.</param>
/// <param name="interval">How often.</param>
/// <param name="maxAge">The oldest reading that is published; null means three intervals.</param>
public sealed class CapacityCollector(
    string branch,
    Func<Dated<CapacityReading>?> source,
    TimeProvider timeProvider,
    TimeSpan interval,
    TimeSpan? maxAge = null)
    : SnapshotCollector<CapacityReading>("capacity", source, timeProvider, interval, maxAge)
{
    private protected override void Publish(IMetricSink sink, Dated<CapacityReading> reading, DateTimeOffset time) =>
        CapacitySamples.Publish(branch, reading.Value, time, sink);
}
