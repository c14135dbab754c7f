using Kalmar.Graphite.Sources;
using Kalmar.Whisper;

namespace Kalmar.Graphite.Tests.Sources;

public sealed class WhisperFolderWatchTests
{
    [Fact]
    public async Task File_that_another_program_makes_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("kalmar-watch-").FullName;
        try
        {
            Make(folder, "old.a");
            using var source = new WhisperFolderSource(folder);
            await using var watch = new WhisperFolderWatch(source);
            Assert.Null(watch.Trouble);
            Make(folder, "old.b");
            Make(folder, "new.deep.folder.c");
            List<MetricNode> nodes = [];
            for (var i = 0; i < 600 && nodes.Count < 3; i++)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
                nodes.Clear();
                source.Index.Find("**", leavesOnly: true, 100, nodes);
            }

            Assert.Equal(["new.deep.folder.c", "old.a", "old.b"], nodes.Select(n => n.Path).Order());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Make(string folder, string metric)
    {
        var path = MetricPath.FileOf(folder, metric);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = WhisperFile.Create(path, RetentionPolicy.Parse("60s:1h"));
    }
}
