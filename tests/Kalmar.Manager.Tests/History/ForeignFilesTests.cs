using Kalmar.Carbon.Schemas;
using Kalmar.Graphite.Sources;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.History;
using Kalmar.Testing;
using Kalmar.Whisper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.Manager.Tests.History;

/// <summary>Files that Graphite's own tools make and remove in the folder of a running history.</summary>
public sealed class ForeignFilesTests
{
    [Fact]
    public async Task File_of_the_real_whisper_is_found_and_forgotten_while_the_history_runs()
    {
        using var folder = new TemporaryFolder();
        await using ClusterDirectory clusters = new([]);
        await using var history = new HistoryService(
            new HistorySettings
            {
                Folder = folder.Path,
                Schemas = StorageSchemas.Uniform(RetentionPolicy.Parse("1s:10m")),
                Host = false,
                Rescan = TimeSpan.FromMilliseconds(200),
            },
            clusters,
            TimeProvider.System,
            NullLogger<HistoryService>.Instance);
        await history.StartAsync(TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder.File("theirs"));
        await RealTool.RunAsync("whisper-create", folder.File("theirs/load.wsp"), "60:100");
        await Eventually.TrueAsync("the file is found by a pattern", async () => (await FindAsync(history)).Contains("theirs.load"), TimeSpan.FromSeconds(20));
        File.Delete(folder.File("theirs/load.wsp"));
        await Eventually.TrueAsync("the file is forgotten", async () => (await FindAsync(history)).Count == 0, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Rescan_is_done_every_minute_unless_told_otherwise() =>
        Assert.Equal(TimeSpan.FromMinutes(1), new HistorySettings { Folder = "x", Schemas = StorageSchemas.Uniform(RetentionPolicy.Parse("1s:10m")) }.Rescan);

    private static async Task<IReadOnlyList<string>> FindAsync(HistoryService history)
    {
        List<MetricNode> nodes = [];
        await history.Source.FindAsync(new FindQuery("theirs.*"), nodes, TestContext.Current.CancellationToken);
        return [.. nodes.Select(n => n.Path)];
    }
}
