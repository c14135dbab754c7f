using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Schemas;
using Kalmar.Carbon.Writing;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Writing;

public sealed class WhisperWriterTests
{
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Points_are_in_files_by_schema_after_dispose()
    {
        using var folder = new TemporaryFolder();
        var cache = new MetricCache();
        StorageSchemas schemas = StorageSchemas.Parse("[fast]\npattern = ^fast\\.\nretentions = 10s:1h\n[all]\npattern = .*\nretentions = 60s:1d");
        StorageAggregation aggregation = StorageAggregation.Parse("[sums]\npattern = \\.count$\nxFilesFactor = 0\naggregationMethod = sum");
        await using (var writer = Writer(cache, folder, schemas, aggregation))
        {
            for (int i = 0; i < 1000; i++)
            {
                Assert.Equal(StoreResult.Stored, cache.Store($"fast.m{i}.count", Now - 20, i));
                Assert.Equal(StoreResult.Stored, cache.Store($"slow.m{i}", Now - 120, i));
            }
        }

        Assert.Equal(0, cache.Size);
        WhisperHeader fast = WhisperFile.Info(folder.File("fast/m7/count.wsp"));
        Assert.Equal("10:360", fast.Retentions.ToString());
        Assert.Equal((AggregationMethod.Sum, 0f), (fast.Aggregation, fast.XFilesFactor));
        Assert.Equal("60:1440", WhisperFile.Info(folder.File("slow/m7.wsp")).Retentions.ToString());
        WhisperSeries series = WhisperFile.Fetch(folder.File("slow/m7.wsp"), Now - 300, Now, Now)!;
        Assert.Equal(7, Assert.Single(series.Values, v => !double.IsNaN(v)));
    }

    [Fact]
    public async Task Flush_writes_and_empties_the_cache()
    {
        using var folder = new TemporaryFolder();
        var cache = new MetricCache();
        await using WhisperWriter writer = Writer(cache, folder);
        cache.Store("a.b", Now, 1);
        Assert.Equal(["a.b"], cache.MetricsWithoutFile());
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, cache.Size);
        Assert.True(File.Exists(folder.File("a/b.wsp")));
        Assert.Equal((1, 1, 1), (writer.Counters.Creates, writer.Counters.Updates, writer.Counters.Points));
    }

    [Fact]
    public async Task Files_of_an_earlier_run_are_found_among_many_new_series()
    {
        using var folder = new TemporaryFolder();
        string[] old = [.. Enumerable.Range(0, 10).Select(i => $"old.m{i}"), "tagged;host=a"];
        var cache = new MetricCache();
        await using (Writer(cache, folder, options: new WriterOptions { DataFolder = folder.Path, HashTaggedNames = false }))
        {
            Array.ForEach(old, name => cache.Store(name, Now - 120, 1));
        }

        cache = new MetricCache();
        await using (WhisperWriter writer = Writer(cache, folder))
        {
            foreach (int i in Enumerable.Range(0, 500))
            {
                cache.Store($"new.m{i}", Now, 2);
                if (i % 50 == 0)
                {
                    cache.Store(old[i / 50], Now, 2);
                }
            }

            cache.Store(old[^1], Now, 2);
            await writer.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal((500, 0), (writer.Counters.Creates, writer.Counters.DamagedFiles));
        }

        string[] files = [.. Directory.GetFiles(folder.Path, "*.wsp", SearchOption.AllDirectories)];
        Assert.Equal(511, files.Length);
        Assert.Equal(11, files.Count(f => ReadAll(f).Length == 2));
    }

    [Fact]
    public async Task A_point_after_a_rest_is_written_without_being_asked_for()
    {
        using var folder = new TemporaryFolder();
        var cache = new MetricCache();
        await using WhisperWriter writer = Writer(cache, folder);
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(300, TestContext.Current.CancellationToken);
            cache.Store("a.b", Now - (60 * i), i);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            while (cache.Size > 0)
            {
                await Task.Delay(20, limit.Token);
            }
        }

        Assert.Equal(3, ReadAll(folder.File("a/b.wsp")).Length);
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_costs_its_own_points_only()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a"));
        File.CreateSymbolicLink(folder.File("a/link.wsp"), folder.File("nowhere/x.wsp"));
        var cache = new MetricCache();
        List<WriterNotice> notices = [];
        await using (WhisperWriter writer = Writer(cache, folder, onNotice: notices.Add))
        {
            cache.Store("a.first", Now, 1);
            cache.Store("a.link", Now, 2);
            cache.Store("a.last", Now, 3);
            await writer.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal((2, 1), (writer.Counters.Creates, writer.Counters.LostPoints));
        }

        Assert.Contains("a/link.wsp", Assert.Single(notices, n => n.Kind == WriterNoticeKind.PointsLost).Message, StringComparison.Ordinal);
        Assert.Single(ReadAll(folder.File("a/last.wsp")));
        Assert.False(Directory.Exists(folder.File("nowhere")));
    }

    [Fact]
    public async Task Damaged_file_is_put_aside_and_made_anew()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a"));
        byte[] rubbish = [.. Enumerable.Range(0, 100).Select(i => (byte)(i + 1))];
        await File.WriteAllBytesAsync(folder.File("a/b.wsp"), rubbish, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.File("a/c.wsp"), [], TestContext.Current.CancellationToken);
        var cache = new MetricCache();
        List<WriterNotice> notices = [];
        await using (WhisperWriter writer = Writer(cache, folder, onNotice: notices.Add))
        {
            cache.Store("a.b", Now, 1);
            cache.Store("a.c", Now, 2);
            await writer.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal((1, 2), (writer.Counters.DamagedFiles, writer.Counters.Points));
        }

        Assert.Equal(WriterNoticeKind.DamagedFile, Assert.Single(notices).Kind);
        Assert.Equal(rubbish, await File.ReadAllBytesAsync(folder.File("a/b.wsp.damaged"), TestContext.Current.CancellationToken));
        Assert.Equal([new WhisperPoint((uint)(Now - (Now % 60)), 1)], ReadAll(folder.File("a/b.wsp")));
        Assert.Equal([new WhisperPoint((uint)(Now - (Now % 60)), 2)], ReadAll(folder.File("a/c.wsp")));
    }

    [Fact]
    public async Task Creates_over_the_limit_wait_and_are_not_dropped()
    {
        using var folder = new TemporaryFolder();
        var cache = new MetricCache();
        await using (var writer = Writer(cache, folder, options: new WriterOptions { DataFolder = folder.Path, MaxCreatesPerMinute = 5 }))
        {
            for (int i = 0; i < 20; i++)
            {
                cache.Store($"a.m{i}", Now, i);
            }

            await writer.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal(5, writer.Counters.Creates);
            Assert.True(writer.Counters.DelayedCreates >= 15);
            Assert.Equal(15, cache.MetricsWithoutFile().Count);
        }

        Assert.Equal(20, Directory.GetFiles(folder.File("a")).Length);
    }

    [Fact]
    public async Task Folder_that_cannot_be_made_keeps_points_until_it_can()
    {
        using var folder = new TemporaryFolder();
        string link = folder.File("data");
        File.CreateSymbolicLink(link, "/proc/self/nothing-can-be-made-here");
        var cache = new MetricCache();
        List<WriterNotice> notices = [];
        await using (var writer = Writer(cache, folder, onNotice: notices.Add, options: new WriterOptions { DataFolder = link, RetryDelay = TimeSpan.FromMilliseconds(20) }))
        {
            cache.Store("a.b", Now, 1);
            await writer.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, cache.Size);
            Assert.Equal(WriterState.WaitingForDisk, writer.State);
            Assert.NotNull(writer.Trouble);
            File.Delete(link);
            Directory.CreateDirectory(link);
            cache.Store("a.c", Now, 1);
            while (!File.Exists(Path.Combine(link, "a/c.wsp")))
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal(0, cache.Size);
        Assert.True(File.Exists(Path.Combine(link, "a/b.wsp")));
        Assert.Equal([WriterNoticeKind.DiskRefuses, WriterNoticeKind.DiskWorksAgain], notices.Select(n => n.Kind));
    }

    [Fact]
    public async Task Series_keep_the_order_of_their_points_whatever_the_strategy()
    {
        foreach (WriteStrategy strategy in Enum.GetValues<WriteStrategy>())
        {
            using var folder = new TemporaryFolder();
            var cache = new MetricCache();
            await using (var writer = Writer(cache, folder, options: new WriterOptions { DataFolder = folder.Path, Strategy = strategy }))
            {
                for (int i = 0; i < 300; i++)
                {
                    cache.Store($"a.m{i % 7}", Now - (Now % 60), i);
                }
            }

            for (int m = 0; m < 7; m++)
            {
                double last = Enumerable.Range(0, 300).Last(i => i % 7 == m);
                Assert.Equal(last, Assert.Single(ReadAll(folder.File($"a/m{m}.wsp"))).Value);
            }
        }
    }

    private static WhisperPoint[] ReadAll(string path)
    {
        using WhisperFile file = WhisperFile.OpenRead(path);
        return file.ReadArchive(0);
    }

    private static WhisperWriter Writer(
        MetricCache cache,
        TemporaryFolder folder,
        StorageSchemas? schemas = null,
        StorageAggregation? aggregation = null,
        Action<WriterNotice>? onNotice = null,
        WriterOptions? options = null)
    {
        var writer = new WhisperWriter(
            cache,
            options ?? new WriterOptions { DataFolder = folder.Path, Files = new WhisperOptions { Sparse = true } },
            schemas ?? StorageSchemas.Uniform(RetentionPolicy.Parse("60s:1d")),
            aggregation ?? StorageAggregation.Default)
        { OnNotice = onNotice };
        writer.Start();
        return writer;
    }
}
