using System.Buffers.Binary;
using Kalmar.Graphite.Sources;
using Kalmar.Testing;
using Kalmar.Whisper;

namespace Kalmar.Graphite.Tests.Sources;

public sealed class CeresFolderSourceTests
{
    private static readonly long Hour = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3600;

    [Fact]
    public async Task Render_and_find_see_a_ceres_tree_beside_a_folder_of_whisper_files()
    {
        using var folder = new TemporaryFolder();
        Node(folder, "ceres/old/a", 60, Hour - 600, 1, 2, double.NaN, 4);
        Node(folder, "ceres/both", 60, Hour - 600, 10, 20);
        Directory.CreateDirectory(folder.File("whisper/new"));
        Whisper(folder.File("whisper/new/a.wsp"), new WhisperPoint((uint)(Hour - 600), 7));
        Whisper(folder.File("whisper/both.wsp"), new WhisperPoint((uint)(Hour - 540), 21));
        using var whisper = new WhisperFolderSource(folder.File("whisper"));
        using var ceres = new CeresFolderSource(folder.File("ceres"));
        var source = new CombinedSource(whisper, ceres);
        List<MetricNode> nodes = [];
        await source.FindAsync(new FindQuery("*", WithIntervals: true), nodes, TestContext.Current.CancellationToken);
        Assert.Equal([("both", true), ("new", false), ("old", false)], nodes.Select(n => (n.Path, n.IsLeaf)).Order());
        nodes.Clear();
        await source.FindAsync(new FindQuery("old.*", WithIntervals: true), nodes, TestContext.Current.CancellationToken);
        Assert.Equal(new TimeInterval(Hour - 600, Hour - 360), Assert.Single(Assert.Single(nodes).Intervals));
        Assert.Equal($"old.a,{Hour - 600},{Hour - 300},60|1.0,2.0,None,4.0,None\n", await Answers.RenderAsync(source, $"target=old.*&from={Hour - 601}&until={Hour - 360}&format=raw"));
        Assert.Equal($"new.a,{Hour - 600},{Hour - 540},60|7.0\n", await Answers.RenderAsync(source, $"target=new.a&from={Hour - 660}&until={Hour - 600}&format=raw"));
        Assert.Equal($"both,{Hour - 600},{Hour - 480},60|10.0,21.0\n", await Answers.RenderAsync(source, $"target=both&from={Hour - 660}&until={Hour - 540}&format=raw"));

        // A node that somebody else made is found by its name at once, by a pattern after the next look at the tree.
        Node(folder, "ceres/late", 60, Hour - 600, 5);
        Assert.Equal($"late,{Hour - 600},{Hour - 540},60|5.0\n", await Answers.RenderAsync(source, $"target=late&from={Hour - 660}&until={Hour - 600}&format=raw"));
    }

    private static void Node(TemporaryFolder folder, string path, int step, long start, params double[] values)
    {
        Directory.CreateDirectory(folder.File(path));
        File.WriteAllText(folder.File(path + "/.ceres-node"), $"{{\"timeStep\": {step}}}");
        byte[] bytes = new byte[values.Length * 8];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(i * 8), values[i]);
        }

        File.WriteAllBytes(folder.File($"{path}/{start}@{step}.slice"), bytes);
    }

    private static void Whisper(string path, WhisperPoint point)
    {
        using WhisperFile file = WhisperFile.Create(path, RetentionPolicy.Parse("60s:1d"));
        file.UpdateMany([point], Hour);
    }
}
