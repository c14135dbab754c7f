namespace Kalmar.Collectors.Clusters;

/// <summary>
/// Turns readings of pools into samples <c>BRANCH.pool.ID.*</c> and <c>BRANCH.pool.all.*</c>: numbers as they are, counters as growth per
/// second since the reading before. Counters of a pool do shrink in a healthy cluster (a PG that splits or is scrubbed counts anew); such an
/// interval gives no rate for that counter, and <c>all</c> is then the sum of the pools that have one. Not thread-safe.
/// </summary>
/// <param name="branch">Where the cluster's series are.</param>
public sealed class PoolSamples(string branch)
{
    private Dictionary<long, PoolReading> _last = [];
    private DateTimeOffset? _lastReceived;

    /// <summary>Publishes one reading of all pools. A reading that is not newer than the last one publishes nothing.</summary>
    /// <param name="reading">All pools, and when they were read.</param>
    /// <param name="time">The time that the samples carry.</param>
    /// <param name="sink">Where they go.</param>
    public void Publish(Dated<IReadOnlyList<PoolReading>> reading, DateTimeOffset time, IMetricSink sink)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(sink);
        double? seconds = _lastReceived is { } before ? (reading.Received - before).TotalSeconds : null;
        if (seconds <= 0)
        {
            return;
        }

        long unixSeconds = time.ToUnixTimeSeconds();
        double?[] all = new double?[PoolField.All.Count];
        foreach (PoolReading pool in reading.Value)
        {
            PublishPool(pool, seconds, all, unixSeconds, sink);
        }

        for (int i = 0; i < all.Length; i++)
        {
            // A cluster without pools has none of anything, and nothing is read or written in it.
            double? sum = all[i] ?? (reading.Value.Count == 0 && (seconds is not null || !PoolField.All[i].IsCounter) ? 0 : null);
            if (sum is { } value)
            {
                sink.Publish($"{branch}.pool.all.{PoolField.All[i].Name}", unixSeconds, value);
            }
        }

        _last = reading.Value.GroupBy(pool => pool.PoolId).ToDictionary(group => group.Key, group => group.Last());
        _lastReceived = reading.Received;
    }

    private void PublishPool(PoolReading pool, double? seconds, double?[] all, long unixSeconds, IMetricSink sink)
    {
        PoolReading? last = _last.GetValueOrDefault(pool.PoolId);
        for (int i = 0; i < all.Length; i++)
        {
            PoolField field = PoolField.All[i];
            double value = field.Get(pool);
            if (field.IsCounter)
            {
                if (last is null || seconds is not { } elapsed || field.Get(last) > value)
                {
                    continue;
                }

                value = (field.Get(pool) - field.Get(last)) / elapsed;
            }

            all[i] = (all[i] ?? 0) + value;
            sink.Publish($"{branch}.pool.{pool.PoolId}.{field.Name}", unixSeconds, value);
        }
    }
}
