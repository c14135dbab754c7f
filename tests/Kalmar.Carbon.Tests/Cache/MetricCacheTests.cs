using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Cache;

public sealed class MetricCacheTests
{
    [Fact]
    public void Stored_points_are_seen_in_order_of_time_and_the_last_of_a_time_wins()
    {
        var cache = new MetricCache();
        cache.Store("a.b", 30, 3);
        cache.Store("a.b", 10, 1);
        cache.Store("a.b", 20, 2);
        cache.Store("a.b", 10, 9);
        Assert.Equal([new WhisperPoint(10, 9), new WhisperPoint(20, 2), new WhisperPoint(30, 3)], cache.GetPoints("a.b"));
        Assert.Equal(1, cache.Queues);
    }

    [Theory]
    [InlineData("a..b", "a.b")]
    [InlineData("/a/b/", "a.b")]
    [InlineData("m;z=1;a=2", "m;a=2;z=1")]
    [InlineData("m{a=\"2\"}", "m;a=2")]
    public void Spellings_of_one_series_meet(string sent, string asked)
    {
        var cache = new MetricCache();
        Assert.Equal(StoreResult.Stored, cache.Store(sent, 10, 1));
        Assert.Equal(StoreResult.Stored, cache.Store(asked, 20, 2));
        Assert.Equal(2, cache.GetPoints(asked).Length);
        Assert.Equal(1, cache.Metrics);
    }

    [Fact]
    public void Bad_input_is_refused_and_counted_by_kind()
    {
        var cache = new MetricCache();
        Assert.Equal(StoreResult.BadName, cache.Store("a\0b", 10, 1));
        Assert.Equal(StoreResult.BadName, cache.Store(new string('x', 5000), 10, 1));
        Assert.Equal(StoreResult.BadName, cache.Store([0x61, 0xff, 0x62], 10, 1));
        Assert.Equal(StoreResult.BadName, cache.Store("m;a=", 10, 1));
        Assert.Equal(StoreResult.BadValue, cache.Store("a", 10, double.NaN));
        Assert.Equal(StoreResult.BadValue, cache.Store("a", 10, double.PositiveInfinity));
        Assert.Equal(StoreResult.BadTimestamp, cache.Store("a", -5, 1));
        Assert.Equal(StoreResult.BadTimestamp, cache.Store("a", 32_503_680_000, 1));
        Assert.Equal((4, 2, 2, 0), (cache.BadNames, cache.BadValues, cache.BadTimestamps, cache.Size));
    }

    [Fact]
    public async Task Full_cache_refuses_until_points_were_written()
    {
        var cache = new MetricCache(capacity: 10);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(StoreResult.Stored, cache.Store("a", 100 + i, i));
        }

        Assert.Equal(StoreResult.Full, cache.Store("a", 200, 1));
        Assert.Equal(1, cache.Overflow);
        Task space = cache.WaitForSpaceAsync(TestContext.Current.CancellationToken);
        Assert.False(space.IsCompleted);

        (int taken, CacheShard shard, int metric) = Begin(cache, "a");
        cache.Release(shard.EndWrite(metric, taken, remove: true, FileKnowledge.Present));
        await space;
        Assert.Equal(StoreResult.Stored, cache.Store("a", 200, 1));
    }

    [Fact]
    public void Points_stay_visible_while_they_are_written_and_a_later_value_is_not_lost()
    {
        var cache = new MetricCache();
        cache.Store("a", 10, 1);
        (int taken, CacheShard shard, int metric) = Begin(cache, "a");
        cache.Store("a", 10, 2);
        Assert.Equal([new WhisperPoint(10, 2)], cache.GetPoints("a"));
        cache.Release(shard.EndWrite(metric, taken, remove: true, FileKnowledge.Present));
        Assert.Equal([new WhisperPoint(10, 2)], cache.GetPoints("a"));
        Assert.Equal(1, cache.Size);
        Assert.Empty(cache.MetricsWithoutFile());
    }

    [Fact]
    public void Known_series_take_points_without_allocation()
    {
        var cache = new MetricCache();
        byte[][] names = [.. Enumerable.Range(0, 100).Select(i => Encoding.UTF8.GetBytes($"servers.host{i}.cpu.user"))];
        for (int round = 0; round < 200; round++)
        {
            Fill(cache, names, round);
        }

        Drain(cache);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            Fill(cache, names, 1000 + round);
        }

        // The pool gave its pages back when it was empty and takes them again; the points themselves cost nothing.
        long pages = 16 * 2 * 140_000;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, pages);
        before = GC.GetAllocatedBytesForCurrentThread();
        Fill(cache, names, 2000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Many_threads_lose_no_point()
    {
        var cache = new MetricCache();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                cache.Store($"t{thread}.m{i % 500}", 1000 + i, i);
            }
        })));
        Assert.Equal(80_000, cache.Size);
        Assert.Equal(2000, cache.Metrics);
        Assert.Equal(80_000, cache.WaitingMetrics().Sum(m => cache.GetPoints(m).Length));
    }

    [Fact]
    public void Series_without_points_are_forgotten_and_the_others_stay()
    {
        var cache = new MetricCache();
        for (int i = 0; i < 40_000; i++)
        {
            cache.Store($"old.m{i}", 1000, i);
        }

        Drain(cache);
        cache.Store("new.a", 1000, 5);
        foreach (CacheShard shard in cache.Shards)
        {
            shard.TakeDirty(0, []);
            shard.TakeDirty(0, []);
            Assert.True(shard.Forget(0) > 1024);
        }

        Assert.Equal(1, cache.Metrics);
        Assert.Equal([new WhisperPoint(1000, 5)], cache.GetPoints("new.a"));
    }

    private static void Fill(MetricCache cache, byte[][] names, int timestamp)
    {
        foreach (byte[] name in names)
        {
            cache.Store(name, timestamp, 1.5);
        }
    }

    private static (int Taken, CacheShard Shard, int Metric) Begin(MetricCache cache, string name)
    {
        ulong hash = NameHash.Of(Encoding.UTF8.GetBytes(name));
        CacheShard shard = cache.ShardOf(hash);
        List<DirtyMetric> dirty = [];
        shard.TakeDirty(0, dirty);
        WhisperPoint[] points = new WhisperPoint[1];
        return (shard.BeginWrite(dirty[0].Metric, ref points, new byte[MetricName.MaxLength], out _, out _), shard, dirty[0].Metric);
    }

    private static void Drain(MetricCache cache)
    {
        WhisperPoint[] points = new WhisperPoint[1];
        byte[] name = new byte[MetricName.MaxLength];
        foreach (CacheShard shard in cache.Shards)
        {
            List<DirtyMetric> dirty = [];
            shard.TakeDirty(0, dirty);
            foreach (DirtyMetric metric in dirty)
            {
                int taken = shard.BeginWrite(metric.Metric, ref points, name, out _, out _);
                cache.Release(shard.EndWrite(metric.Metric, taken, remove: true, FileKnowledge.Present));
            }
        }

        Assert.Equal(0, cache.Size);
    }
}
