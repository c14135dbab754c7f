namespace Kalmar.Collectors.Clusters;

/// <summary>Publishes what the pools hold and what is read from and written to them, see <see cref="PoolSamples"/>.</summary>
/// <param name="branch">Where the cluster's series are: <c>ceph.cluster.FSID</c>, see <see cref="MetricNames.ClusterBranch"/>.</param>
/// <param name="source">Gives the newest reading, or null when there is none; called at each turn.</param>
/// <param name="timeProvider">The clock that says how old a reading is.</param>
/// <param name="interval">How often.</param>
/// <param name="maxAge">The oldest reading that is published; null means three intervals.</param>
public sealed class PoolCollector(
    string branch,
    Func<Dated<IReadOnlyList<PoolReading>>?> source,
    TimeProvider timeProvider,
    TimeSpan interval,
    TimeSpan? maxAge = null)
    : SnapshotCollector<IReadOnlyList<PoolReading>>("pools", source, timeProvider, interval, maxAge)
{
    private readonly PoolSamples _samples = new(branch);

    private protected override void Publish(IMetricSink sink, Dated<IReadOnlyList<PoolReading>> reading, DateTimeOffset time) =>
        _samples.Publish(reading, time, sink);
}
