namespace Kalmar.Collectors.Clusters;

/// <summary>
/// Turns a cluster's capacity into samples: <c>BRANCH.df.total_space</c>, <c>total_used</c> and <c>total_avail</c> in kB, as Calamari's
/// graphs ask for them; <c>df.total_bytes</c>, <c>total_used_bytes</c> and <c>total_avail_bytes</c>, as today's <c>ceph df</c> calls them;
/// <c>df.class.CLASS.*</c> and <c>pool.ID.{stored,bytes_used,max_avail,percent_used}</c> in bytes and shares of 1.
/// </summary>
public static class CapacitySamples
{
    /// <summary>Publishes one reading.</summary>
    /// <param name="branch">Where the cluster's series are.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="time">The time that the samples carry.</param>
    /// <param name="sink">Where they go.</param>
    public static void Publish(string branch, CapacityReading reading, DateTimeOffset time, IMetricSink sink)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(sink);
        long unixSeconds = time.ToUnixTimeSeconds();
        void Add(string path, double value) => sink.Publish($"{branch}.{path}", unixSeconds, value);
        Add("df.total_space", reading.TotalBytes / 1024);
        Add("df.total_used", reading.UsedBytes / 1024);
        Add("df.total_avail", reading.AvailableBytes / 1024);
        Add("df.total_bytes", reading.TotalBytes);
        Add("df.total_used_bytes", reading.UsedBytes);
        Add("df.total_avail_bytes", reading.AvailableBytes);
        foreach (ClassCapacityReading of in reading.Classes)
        {
            string node = $"df.class.{MetricNames.Clean(of.DeviceClass)}";
            Add(node + ".total_bytes", of.TotalBytes);
            Add(node + ".total_used_bytes", of.UsedBytes);
            Add(node + ".total_avail_bytes", of.AvailableBytes);
        }

        foreach (PoolCapacityReading pool in reading.Pools)
        {
            string node = $"pool.{pool.PoolId}";
            Add(node + ".stored", pool.StoredBytes);
            Add(node + ".bytes_used", pool.UsedBytes);
            Add(node + ".max_avail", pool.MaxAvailableBytes);
            Add(node + ".percent_used", pool.UsedRatio);
        }
    }
}
