using System.IO.Compression;
using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Sources;
using Kalmar.Testing;
using Kalmar.Whisper;

namespace Kalmar.Graphite.Tests.Sources;

/// <summary>Files that were packed with gzip, as graphite-web reads them.</summary>
public sealed class WhisperFolderGzipTests
{
    private const long Now = 1_700_000_040;

    [Fact]
    public async Task Packed_file_is_found_and_read_as_if_it_were_not_packed()
    {
        using var folder = new TemporaryFolder();
        var plain = Write(folder, "a/plain", 7);
        Pack(Write(folder, "a/packed", 8), folder.File("a/packed.wsp.gz"));
        File.Delete(folder.File("a/packed.wsp"));
        Pack(plain, folder.File("a/plain.wsp.gz"));
        using var source = new WhisperFolderSource(folder.Path);
        List<MetricNode> nodes = [];
        await source.FindAsync(new FindQuery("a.*", WithIntervals: true), nodes, TestContext.Current.CancellationToken);
        Assert.Equal(["a.packed", "a.plain"], nodes.Select(n => n.Path));
        Assert.All(nodes, n => Assert.True(n.Intervals.Single().Start > 0 && n.Intervals.Single().End > Now));
        var series = await ReadAsync(source, "a.*");
        Assert.Equal([8, 8, 8, 8, 8, 8, 8, 8, 8, 8], series[0].Values);
        Assert.Equal([7, 7, 7, 7, 7, 7, 7, 7, 7, 7], series[1].Values);

        // One that came later is looked up by its name, and lost when it is removed.
        Pack(Write(folder, "b/late", 9), folder.File("b/late.wsp.gz"));
        File.Delete(folder.File("b/late.wsp"));
        Assert.Equal(9, (await ReadAsync(source, "b.late")).Single().Values[0]);
        File.Delete(folder.File("b/late.wsp.gz"));
        Assert.Empty(await ReadAsync(source, "b.late"));
    }

    [Fact]
    public async Task Damaged_packed_file_and_one_behind_a_link_give_nothing()
    {
        using var folder = new TemporaryFolder();
        Pack(Write(folder, "real", 5), folder.File("real.wsp.gz"));
        var whole = File.ReadAllBytes(folder.File("real.wsp.gz"));
        File.Delete(folder.File("real.wsp"));
        Directory.CreateDirectory(folder.File("d"));
        for (var i = 0; i < whole.Length - 8; i += 7) File.WriteAllBytes(folder.File($"d/m{i}.wsp.gz"), whole[..i]);
        File.WriteAllBytes(folder.File("d/other.wsp.gz"), [1, 2, 3]);
        File.CreateSymbolicLink(folder.File("d/link.wsp.gz"), folder.File("real.wsp.gz"));
        using var source = new WhisperFolderSource(folder.Path);
        Assert.Empty(await ReadAsync(source, "d.*"));
        Assert.Empty(await ReadAsync(source, "d.link"));
        Assert.Single(await ReadAsync(source, "real"));
    }

    [Fact]
    public void Packed_file_that_would_fill_memory_is_refused()
    {
        using var folder = new TemporaryFolder();
        var bomb = folder.File("bomb.wsp.gz");
        using (var packer = new GZipStream(File.Create(bomb), CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i <= WhisperFile.MaxUnpacked >> 20; i++) packer.Write(zeros);
        }

        Assert.Contains("unpacked", Assert.Throws<WhisperCorruptException>(() => WhisperFile.OpenGzip(bomb)).Message, StringComparison.Ordinal);
        Assert.Throws<WhisperStorageException>(() => WhisperFile.OpenGzip(folder.File("none.wsp.gz")));
    }

    private static async Task<List<Series>> ReadAsync(WhisperFolderSource source, string pattern)
    {
        List<Series> series = [];
        await source.FetchAsync(
            new FetchQuery(pattern, Now - 600, Now, Now, null, false, new EvaluationBudget(EvaluationLimits.Default)), series, TestContext.Current.CancellationToken);
        return series;
    }

    private static string Write(TemporaryFolder folder, string name, double value)
    {
        var path = folder.File(name + ".wsp");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = WhisperFile.Create(path, RetentionPolicy.Parse("60s:1h"));
        file.UpdateMany([.. Enumerable.Range(0, 20).Select(i => new WhisperPoint((uint)(Now - (60 * i)), value))], Now);
        return path;
    }

    private static void Pack(string from, string to)
    {
        using var packer = new GZipStream(File.Create(to), CompressionLevel.Optimal);
        packer.Write(File.ReadAllBytes(from));
    }
}
