using Kalmar.Graphite.Sources;
using Kalmar.Testing;
using Kalmar.Whisper;

namespace Kalmar.Graphite.Tests.Sources;

public sealed class WhisperFolderRescanTests
{
    [Fact]
    public async Task Rescan_finds_what_others_made_and_forgets_what_they_removed()
    {
        using var folder = new TemporaryFolder();
        Make(folder, "a/first");
        using var source = new WhisperFolderSource(folder.Path);
        Make(folder, "a/second");
        Assert.Equal(["a.first"], await FindAsync(source, "a.*"));
        source.Rescan();
        Assert.Equal(["a.first", "a.second"], await FindAsync(source, "a.*"));
        File.Delete(folder.File("a/first.wsp"));
        source.Rescan();
        source.Rescan();
        Assert.Equal(["a.second"], await FindAsync(source, "a.*"));
    }

    [Fact]
    public async Task Rescan_keeps_what_waits_to_be_written()
    {
        using var folder = new TemporaryFolder();
        using var source = new WhisperFolderSource(folder.Path, new Waiting("only.cached"));
        source.Announce("only.cached");
        source.Announce("only.said");
        source.Rescan();
        source.Rescan();
        Assert.Equal(["only.cached"], await FindAsync(source, "only.*"));
    }

    [Fact]
    public async Task Rescan_loses_nothing_that_is_announced_and_written_meanwhile()
    {
        const int Metrics = 400;
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 300; i++)
        {
            Make(folder, $"old/{i}/x");
        }

        using var source = new WhisperFolderSource(folder.Path);
        using var written = new CancellationTokenSource();
        int made = 0;
        Task scans = Task.Run(
            () =>
            {
                while (!written.IsCancellationRequested)
                {
                    // Two scans may not pass while one file is being made: what the second one does not find is taken for removed.
                    int before = Volatile.Read(ref made);
                    source.Rescan();
                    SpinWait.SpinUntil(() => Volatile.Read(ref made) != before || written.IsCancellationRequested);
                }
            },
            TestContext.Current.CancellationToken);
        for (int i = 0; i < Metrics; i++)
        {
            // As the writer does: known first, on disk a moment later. With a glob, so that nothing is looked up on disk.
            source.Announce($"new.m{i}");
            Make(folder, $"new/m{i}");
            Assert.Equal([$"new.m{i}"], await FindAsync(source, $"new.[m]{i}"));
            Interlocked.Increment(ref made);
        }

        await written.CancelAsync();
        await scans;
        Assert.Equal(Metrics, (await FindAsync(source, "new.*")).Count);
        Assert.Equal(Metrics + 300, source.Index.Count);
    }

    [Fact]
    public async Task Periodic_rescan_goes_on_after_a_failure()
    {
        int scans = 0, failures = 0;
        await using (var rescan = new PeriodicRescan(
            () =>
            {
                if (Interlocked.Increment(ref scans) == 1)
                {
                    throw new IOException("a folder went away");
                }
            },
            TimeSpan.FromMilliseconds(20),
            TimeProvider.System,
            _ => failures++))
        {
            await Eventually.TrueAsync("there were three scans", () => Task.FromResult(rescan.Scans >= 3), TimeSpan.FromSeconds(30));
        }

        Assert.Equal(1, failures);
        int after = scans;
        Assert.True(after >= 3);
    }

    private static async Task<List<string>> FindAsync(WhisperFolderSource source, string pattern)
    {
        List<MetricNode> nodes = [];
        await source.FindAsync(new FindQuery(pattern), nodes, TestContext.Current.CancellationToken);
        return [.. nodes.Where(n => n.IsLeaf).Select(n => n.Path).Order(StringComparer.Ordinal)];
    }

    private static void Make(TemporaryFolder folder, string path)
    {
        string file = folder.File(path + ".wsp");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using WhisperFile made = WhisperFile.Create(file, RetentionPolicy.Parse("60s:10m"));
    }

    private sealed class Waiting(string name) : IPendingPoints
    {
        public int StepOf(string metric) => 60;

        public void CopyTo(string metric, List<PendingPoint> points)
        {
            if (metric == name)
            {
                points.Add(new PendingPoint(60, 1));
            }
        }
    }
}
