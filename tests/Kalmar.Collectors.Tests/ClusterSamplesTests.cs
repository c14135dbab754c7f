using System.Text;
using Kalmar.Collectors.Clusters;

namespace Kalmar.Collectors.Tests;

/// <summary>With answers of a real 16.2.15 cluster of two OSDs, healthy and with one OSD stopped.</summary>
public sealed class ClusterSamplesTests
{
    private const string Branch = "ceph.cluster.f";
    private static readonly DateTimeOffset s_time = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private readonly ListSink _sink = new();

    [Fact]
    public void Pools_of_a_real_cluster_are_read()
    {
        IReadOnlyList<PoolReading> pools = ClusterJson.Pools(TestData.Ceph("pg-dump-pools.json"));
        Assert.Equal([3L, 2L, 1L], pools.Select(pool => pool.PoolId));
        PoolReading rbd = pools[1];
        Assert.Equal(942, rbd.Objects);
        Assert.Equal(61669400, rbd.Bytes);
        Assert.Equal(1884, rbd.ObjectCopies);
        Assert.Equal(942, rbd.Reads);
        Assert.Equal(60225, rbd.ReadKilobytes);
        Assert.Equal(60225, rbd.WriteKilobytes);
        PoolReading degraded = ClusterJson.Pools(TestData.Ceph("pg-dump-pools-degraded.json")).Single(pool => pool.PoolId == 2);
        Assert.True(degraded.ObjectsDegraded > 0);
    }

    [Fact]
    public void PoolSamples_real_pools_first_reading_gives_numbers_only()
    {
        new PoolSamples(Branch).Publish(Reading(0, ClusterJson.Pools(TestData.Ceph("pg-dump-pools.json"))), s_time, _sink);
        Assert.Equal(942, _sink[Branch + ".pool.2.num_objects"]);
        Assert.Equal(943, _sink[Branch + ".pool.all.num_objects"]);
        Assert.Equal(61682213, _sink[Branch + ".pool.all.num_bytes"]);
        Assert.DoesNotContain(_sink.Paths, path => path.EndsWith("num_read", StringComparison.Ordinal));
        Assert.Equal(9 * 4, _sink.Count);
    }

    [Fact]
    public void PoolSamples_counters_become_rates_over_the_time_between_readings()
    {
        PoolSamples samples = new(Branch);
        samples.Publish(Reading(0, Pool(1, reads: 100, writes: 1000), Pool(2, reads: 5, writes: 7)), s_time, _sink);
        _sink.Clear();
        samples.Publish(Reading(4, Pool(1, reads: 140, writes: 1002), Pool(2, reads: 5, writes: 9)), s_time, _sink);
        Assert.Equal(10, _sink[Branch + ".pool.1.num_read"]);
        Assert.Equal(0.5, _sink[Branch + ".pool.1.num_write"]);
        Assert.Equal(0, _sink[Branch + ".pool.2.num_read"]);
        Assert.Equal(10, _sink[Branch + ".pool.all.num_read"]);
        Assert.Equal(1, _sink[Branch + ".pool.all.num_write"]);
        Assert.Equal(0, _sink[Branch + ".pool.all.num_bytes_recovered"]);
    }

    [Fact]
    public void PoolSamples_counter_that_shrank_gives_no_negative_rate()
    {
        PoolSamples samples = new(Branch);
        samples.Publish(Reading(0, Pool(1, 100, 10), Pool(2, 50, 10)), s_time, _sink);
        _sink.Clear();
        samples.Publish(Reading(10, Pool(1, 40, 20), Pool(2, 70, 10)), s_time, _sink);
        Assert.False(_sink.Has(Branch + ".pool.1.num_read"));
        Assert.Equal(1, _sink[Branch + ".pool.1.num_write"]);
        Assert.Equal(2, _sink[Branch + ".pool.all.num_read"]);
        _sink.Clear();
        samples.Publish(Reading(20, Pool(1, 50, 20), Pool(2, 70, 10)), s_time, _sink);
        Assert.Equal(1, _sink[Branch + ".pool.1.num_read"]);
    }

    [Fact]
    public void PoolSamples_pool_that_is_new_or_gone_makes_no_spike()
    {
        PoolSamples samples = new(Branch);
        samples.Publish(Reading(0, Pool(1, 100, 10), Pool(2, 5_000_000, 10)), s_time, _sink);
        _sink.Clear();
        samples.Publish(Reading(10, Pool(1, 110, 10), Pool(3, 9_000_000, 10)), s_time, _sink);
        Assert.Equal(1, _sink[Branch + ".pool.all.num_read"]);
        Assert.False(_sink.Has(Branch + ".pool.3.num_read"));
        Assert.False(_sink.Has(Branch + ".pool.2.num_objects"));
    }

    [Fact]
    public void PoolSamples_same_reading_again_gives_nothing()
    {
        PoolSamples samples = new(Branch);
        samples.Publish(Reading(0, Pool(1, 100, 10)), s_time, _sink);
        _sink.Clear();
        samples.Publish(Reading(0, Pool(1, 100, 10)), s_time, _sink);
        Assert.Empty(_sink.Samples);
    }

    [Fact]
    public void PoolSamples_cluster_without_pools_has_none_of_anything()
    {
        PoolSamples samples = new(Branch);
        samples.Publish(Reading(0), s_time, _sink);
        samples.Publish(Reading(10), s_time.AddSeconds(10), _sink);
        Assert.Equal(9 + 16, _sink.Count);
        Assert.All(_sink.Samples, sample => Assert.Equal(0, sample.Value));
    }

    [Fact]
    public void Capacity_of_a_real_cluster_is_given_in_kilobytes_and_bytes()
    {
        CapacitySamples.Publish(Branch, ClusterJson.Capacity(TestData.Ceph("df.json")), s_time, _sink);
        Assert.Equal(8589934592 / 1024, _sink[Branch + ".df.total_space"]);
        Assert.Equal(732127232 / 1024.0, _sink[Branch + ".df.total_used"]);
        Assert.Equal(7857807360 / 1024, _sink[Branch + ".df.total_avail"]);
        Assert.Equal(8589934592, _sink[Branch + ".df.total_bytes"]);
        Assert.Equal(732127232, _sink[Branch + ".df.total_used_bytes"]);
        Assert.Equal(7857807360, _sink[Branch + ".df.total_avail_bytes"]);
        Assert.Equal(7857807360, _sink[Branch + ".df.class.hdd.total_avail_bytes"]);
        Assert.Equal(61669400, _sink[Branch + ".pool.2.stored"]);
        Assert.Equal(123346944, _sink[Branch + ".pool.2.bytes_used"]);
        Assert.Equal(3714155264, _sink[Branch + ".pool.2.max_avail"]);
        Assert.Equal(0.016333756968379021, _sink[Branch + ".pool.2.percent_used"]);
        Assert.Equal(6 + 3 + (3 * 4), _sink.Count);
    }

    [Fact]
    public void Status_of_a_real_healthy_cluster()
    {
        StatusSamples.Publish(Branch, ClusterJson.Status(TestData.Ceph("status.json")), s_time, _sink);
        Assert.Equal(0, _sink[Branch + ".health"]);
        Assert.Equal(1, _sink[Branch + ".monmap.num_mons"]);
        Assert.Equal(1, _sink[Branch + ".monmap.num_in_quorum"]);
        Assert.Equal(2, _sink[Branch + ".osdmap.num_osds"]);
        Assert.Equal(2, _sink[Branch + ".osdmap.num_up_osds"]);
        Assert.Equal(2, _sink[Branch + ".osdmap.num_in_osds"]);
        Assert.Equal(17, _sink[Branch + ".pg.total"]);
        Assert.Equal(17, _sink[Branch + ".pg.active"]);
        Assert.Equal(17, _sink[Branch + ".pg.clean"]);
        Assert.Equal(0, _sink[Branch + ".pg.degraded"]);
        Assert.Equal(943, _sink[Branch + ".pgmap.num_objects"]);
        Assert.Equal(61682213, _sink[Branch + ".pgmap.data_bytes"]);
        Assert.Equal(6164173, _sink[Branch + ".pgmap.read_bytes_sec"]);
        Assert.Equal(56, _sink[Branch + ".pgmap.write_op_per_sec"]);
        Assert.Equal(0, _sink[Branch + ".pgmap.recovering_bytes_per_sec"]);
    }

    [Fact]
    public void Status_of_a_real_degraded_cluster()
    {
        StatusSamples.Publish(Branch, ClusterJson.Status(TestData.Ceph("status-degraded.json")), s_time, _sink);
        Assert.Equal(1, _sink[Branch + ".health"]);
        Assert.Equal(1, _sink[Branch + ".osdmap.num_up_osds"]);
        Assert.Equal(65, _sink[Branch + ".pg.total"]);
        Assert.Equal(65, _sink[Branch + ".pg.undersized"]);
        Assert.Equal(34, _sink[Branch + ".pg.degraded"]);
        Assert.Equal(0, _sink[Branch + ".pg.clean"]);
        Assert.Equal(5688, _sink[Branch + ".pgmap.degraded_objects"]);
    }

    [Fact]
    public void Status_part_that_is_not_known_gives_nothing()
    {
        StatusSamples.Publish(Branch, new StatusReading { Health = HealthLevel.Error }, s_time, _sink);
        Assert.Equal(["ceph.cluster.f.health"], _sink.Paths);
        Assert.Equal(2, _sink["ceph.cluster.f.health"]);
    }

    [Fact]
    public void Status_new_state_is_counted_too()
    {
        Dictionary<string, long> states = new(StringComparer.Ordinal) { ["active+clean+daydreaming"] = 3, ["active"] = 4 };
        StatusSamples.Publish(Branch, new StatusReading { PgStates = states }, s_time, _sink);
        Assert.Equal(3, _sink[Branch + ".pg.daydreaming"]);
        Assert.Equal(7, _sink[Branch + ".pg.active"]);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("{}", "has no '")]
    [InlineData("[1]", "not what it should be")]
    [InlineData("{\"pool_stats\":7,\"stats\":7,\"osdmap\":7,\"pgmap\":7,\"health\":7}", "not what it should be")]
    [InlineData("{\"pool_stats\":[{\"stat_sum\":{}}],\"stats\":{},\"osdmap\":{},\"pgmap\":{},\"health\":{}}", "has no '")]
    public void Malformed_answers_are_refused_in_one_line(string json, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        foreach (Action read in new Action[] { () => ClusterJson.Pools(bytes), () => ClusterJson.Capacity(bytes), () => ClusterJson.Status(bytes) })
        {
            CollectorException error = Assert.Throws<CollectorException>(read);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void Deep_answers_are_refused()
    {
        byte[] deep = Encoding.UTF8.GetBytes(new string('[', 40) + new string(']', 40));
        Assert.Contains("not JSON", Assert.Throws<CollectorException>(() => ClusterJson.Pools(deep)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_publishes_fresh_readings_and_is_silent_about_old_ones()
    {
        ManualTime time = new();
        Dated<StatusReading>? newest = null;
        StatusCollector collector = new(Branch, () => newest, time, TimeSpan.FromSeconds(10));
        CollectorException none = await Assert.ThrowsAsync<CollectorException>(() => Turn(collector, time));
        Assert.Contains("nothing is known", none.Message, StringComparison.Ordinal);
        newest = new Dated<StatusReading>(new StatusReading { Health = HealthLevel.Ok }, time.GetUtcNow());
        await Turn(collector, time);
        Assert.Equal(1, _sink.Count);
        time.Advance(TimeSpan.FromSeconds(31));
        CollectorException old = await Assert.ThrowsAsync<CollectorException>(() => Turn(collector, time));
        Assert.Contains("31 s old", old.Message, StringComparison.Ordinal);
        Assert.Equal(1, _sink.Count);
    }

    [Fact]
    public async Task Collectors_of_pools_and_capacity_publish_from_their_delegates()
    {
        ManualTime time = new();
        await Turn(new PoolCollector(Branch, () => new(ClusterJson.Pools(TestData.Ceph("pg-dump-pools.json")), time.GetUtcNow()), time, TimeSpan.FromSeconds(10)), time);
        await Turn(new CapacityCollector(Branch, () => new(ClusterJson.Capacity(TestData.Ceph("df.json")), time.GetUtcNow()), time, TimeSpan.FromSeconds(10)), time);
        Assert.Equal(36 + 21, _sink.Count);
    }

    private Task Turn(ICollector collector, ManualTime time) =>
        collector.CollectAsync(_sink, time.GetUtcNow(), TestContext.Current.CancellationToken);

    private static PoolReading Pool(long id, long reads, long writes) => new(id) { Objects = 1, Reads = reads, Writes = writes };

    private static Dated<IReadOnlyList<PoolReading>> Reading(double second, params IReadOnlyList<PoolReading> pools) => new(pools, s_time.AddSeconds(second));
}
