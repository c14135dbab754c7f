using System.Diagnostics;
using Kalmar.Whisper.Operations;

namespace Kalmar.Whisper.Tests;

public sealed class OperationTests
{
    private static readonly RetentionPolicy Policy = RetentionPolicy.Parse("10s:2h,1m:1d,15m:7d");

    [Fact]
    public void Merge_and_diff_are_those_of_python()
    {
        using var python = new PythonWhisper();
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        long now = 1_700_000_000;
        for (int i = 0; i < 40; i++)
        {
            string source = Make(folder, "source.wsp", random, now);
            string ours = Make(folder, "ours.wsp", random, now);
            string theirs = folder.File("theirs.wsp");
            File.Copy(ours, theirs, overwrite: true);
            string expected = python.Ask("diff", source, theirs, i % 2 == 0 ? "1" : "0", PythonWhisper.Text(now));
            Assert.Equal(expected, Text(WhisperDiff.Run(source, ours, now, ignoreEmpty: i % 2 == 0)));
            long? from = i % 3 == 0 ? now - 5000 : null;
            Assert.Equal("ok", python.Ask("merge", source, theirs, from is { } f ? PythonWhisper.Text(f) : "", "", PythonWhisper.Text(now)));
            WhisperMerge.Run(source, ours, now, from);
            Assert.Equal(File.ReadAllBytes(theirs), File.ReadAllBytes(ours));
        }
    }

    [Fact]
    public void Fill_takes_what_is_missing_and_leaves_what_is_there()
    {
        using var folder = new TemporaryFolder();
        long now = 1_700_000_000;
        string source = folder.File("a.wsp");
        string target = folder.File("b.wsp");
        Write(source, now, [.. Enumerable.Range(0, 600).Select(i => new WhisperPoint((uint)(now - (10 * i)), 1))]);
        Write(target, now, [.. Enumerable.Range(0, 600).Where(i => i is < 100 or > 400).Select(i => new WhisperPoint((uint)(now - (10 * i)), 2))]);
        WhisperFill.Run(source, target, now);
        WhisperSeries series = WhisperFile.Fetch(target, now - 5990, now, now)!;
        Assert.DoesNotContain(series.Values, double.IsNaN);
        Assert.Equal((301, 298), (series.Values.Count(v => v == 1), series.Values.Count(v => v == 2)));
    }

    [Fact]
    public void Resize_keeps_points_and_a_backup()
    {
        using var folder = new TemporaryFolder();
        long now = 1_700_000_000;
        string path = folder.File("a.wsp");
        Write(path, now, [.. Enumerable.Range(0, 600).Select(i => new WhisperPoint((uint)(now - (10 * i)), i))]);
        WhisperResize.Run(path, RetentionPolicy.Parse("10s:4h,5m:30d"), now, new ResizeOptions { Aggregation = AggregationMethod.Max });
        Assert.Equal("10:1440,300:8640", WhisperFile.Info(path).Retentions.ToString());
        Assert.Equal(Policy, WhisperFile.Info(path + ".bak").Retentions);
        Assert.Equal(AggregationMethod.Max, WhisperFile.Info(path).Aggregation);
        Assert.Equal(599, WhisperFile.Fetch(path, now - 5990, now, now)!.Values.Count(v => !double.IsNaN(v)));
    }

    [Fact]
    public void Every_kind_of_damage_is_told_apart_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.wsp");
        Write(path, 1_700_000_000, [new WhisperPoint(1_700_000_000, 1)]);
        byte[] sound = File.ReadAllBytes(path);
        (WhisperDamage Damage, Func<byte[], byte[]> Spoil)[] cases =
        [
            (WhisperDamage.Unfinished, _ => []),
            (WhisperDamage.Unfinished, b => new byte[b.Length]),
            (WhisperDamage.TruncatedHeader, b => b[..15]),
            (WhisperDamage.TruncatedHeader, b => b[..30]),
            (WhisperDamage.TruncatedArchive, b => b[..^1]),
            (WhisperDamage.UnknownAggregation, b => With(b, 3, 9)),
            (WhisperDamage.BadXFilesFactor, b => With(b, 8, 0x7f)),
            (WhisperDamage.BadArchiveCount, b => With(b, 15, 0)),
            (WhisperDamage.BadArchiveCount, b => With(b, 12, 0xff)),
            (WhisperDamage.ImpossibleArchive, b => With(b, 19, 5)),
            (WhisperDamage.ImpossibleArchive, b => With(b, 23, 0)),
        ];
        foreach ((WhisperDamage damage, Func<byte[], byte[]> spoil) in cases)
        {
            byte[] spoiled = spoil([.. sound]);
            File.WriteAllBytes(path, spoiled);
            Assert.Equal(damage, Assert.Throws<WhisperCorruptException>(() => WhisperFile.Open(path)).Damage);
            Assert.Equal(damage, Assert.Single(WhisperScan.Damaged(folder.Path)).Damage);
            Assert.Equal(spoiled, File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void Run_longer_than_the_archive_leaves_the_file_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.wsp");
        WhisperFile.Create(path, RetentionPolicy.Parse("1s:10,10s:100")).Dispose();
        long size = new FileInfo(path).Length;
        using (WhisperFile file = WhisperFile.Open(path))
        {
            file.UpdateMany([.. Enumerable.Range(0, 50).Select(i => new WhisperPoint((uint)(1_700_000_000 + i), i))], 1_700_000_000);
            Assert.Equal(Enumerable.Range(40, 10).Select(i => (double)i), file.ReadArchive(0).Select(p => p.Value).Order());
        }

        Assert.Equal(size, new FileInfo(path).Length);
        Assert.Null(WhisperScan.Look(path));
    }

    [Theory]
    [InlineData("whisper-info")]
    [InlineData("whisper-dump")]
    [InlineData("whisper-fetch")]
    public void Real_tools_read_our_files(string tool)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.wsp");
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Write(path, now, [new WhisperPoint((uint)now, 4711.5)]);
        var start = new ProcessStartInfo("/usr/bin/" + tool) { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(path);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains(tool == "whisper-info" ? "maxRetention: 604800" : "4711.5", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Retentions_are_read_as_python_reads_them()
    {
        using var python = new PythonWhisper();
        foreach (string text in new[] { "60:1440", "10s:2h", "1m:2d", "15m:60d", "1h:3y", "12h:2w", "1min:1day", "7:3h", "1seconds:5minutes", " 60:5 " })
        {
            Assert.Equal(python.Ask("retention", text), ArchiveSpec.Parse(text).ToString());
        }

        foreach (string text in new[] { "60", "a:b", "60:", ":60", "60:1x", "1.5:6", "-1:5", "0:5", "10s:5s", "99999999999:1" })
        {
            Assert.Throws<WhisperConfigurationException>(() => ArchiveSpec.Parse(text));
        }
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }

    private static string Make(TemporaryFolder folder, string name, Random random, long now)
    {
        string path = folder.File(name);
        File.Delete(path);
        Write(path, now, [.. Enumerable.Range(0, 300).Select(_ => new WhisperPoint((uint)(now - random.NextInt64(0, 600_000)), random.Next(3)))]);
        return path;
    }

    private static void Write(string path, long now, WhisperPoint[] points)
    {
        using WhisperFile file = WhisperFile.Create(path, Policy, xFilesFactor: 0);
        file.UpdateMany(points, now);
    }

    private static string Text(IReadOnlyList<ArchiveDifference> archives) => string.Join(' ', archives.Select(a =>
        $"{a.Archive}/{a.Total}[{string.Join(',', a.Points.Select(p => $"{p.Timestamp}:{Bits(p.First)}:{Bits(p.Second)}"))}]"));

    private static string Bits(double? value) => value is { } known ? PythonWhisper.Bits(known) : "-";
}
