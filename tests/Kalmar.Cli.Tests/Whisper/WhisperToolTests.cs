using System.Globalization;
using System.Text.Json.Nodes;
using Kalmar.Sandbox.Tools;
using Kalmar.Testing;

namespace Kalmar.Cli.Tests.Whisper;

/// <summary>
/// Each <c>kalmar whisper</c> command beside the real tool of Debian's python3-whisper: the same output, the same JSON, the same files as bytes.
/// Runs alone, as it takes the console's output.
/// </summary>
[Collection("console")]
public sealed class WhisperToolTests
{
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Create_estimate_update_and_set_give_the_same_output_and_files()
    {
        using var folder = new TemporaryFolder();
        await SameAsync(folder, "create", "create", "F.wsp", "10s:10m", "1m:1h", "15m:1d", "--xFilesFactor=0.3", "--aggregationMethod=sum");
        await SameAsync(folder, "create", "create", "--estimate", "10s:10m", "1m:1h");
        await SameAsync(folder, "create", "create", "--estimate", "1s:1d,1m:7d");
        await SameAsync(folder, "create", "create", "F.wsp", "10s:30m", "1m:6h", "--overwrite");
        await SameAsync(folder, "create", "create", "G.wsp", "1m:1h", "--sparse");
        await SameAsync(folder, "update", ["update", "F.wsp", .. Points(40, 37)]);
        await SameAsync(folder, "set-aggregation-method", "set-aggregation", "F.wsp", "max", "0.7");
        await SameAsync(folder, "set-aggregation-method", "set-aggregation", "F.wsp", "avg_zero");
        await SameAsync(folder, "set-xfilesfactor", "set-xff", "F.wsp", "0.1");
        await SameAsync(folder, "update", ["update", "F.wsp", .. Points(60, 11)]);
    }

    [Fact]
    public async Task Info_dump_and_fetch_give_the_same_output()
    {
        using var folder = new TemporaryFolder();
        await SameAsync(folder, "create", "create", "F.wsp", "10s:10m", "1m:1h", "--xFilesFactor=0.1");
        await SameAsync(folder, "update", ["update", "F.wsp", .. Points(40, 12), $"{Now - 100}:0.1", $"{Now - 120}:1e300", $"{Now - 130}:0"]);
        await SameAsync(folder, "info", "info", "F.wsp");
        await SameAsync(folder, "info", "info", "F.wsp", "--json");
        foreach (string field in new[] { "xFilesFactor", "maxRetention", "aggregationMethod", "fileSize", "nothing" })
        {
            await SameAsync(folder, "info", "info", "F.wsp", field);
        }

        await SameAsync(folder, "dump", "dump", "F.wsp");
        await SameAsync(folder, "dump", "dump", "F.wsp", "--pretty");
        await SameAsync(folder, "dump", "dump", "F.wsp", "--pretty", "-t", "%Y-%m-%dT%H:%M:%S %j %b %A");
        string[] window = [$"--from={Now - 500}", $"--until={Now - 10}"];
        await SameAsync(folder, "fetch", ["fetch", "F.wsp", .. window]);
        await SameAsync(folder, "fetch", ["fetch", "F.wsp", .. window, "--pretty"]);
        await SameAsync(folder, "fetch", ["fetch", "F.wsp", .. window, "--pretty", "--time-format=%H.%M"]);
        await SameJsonAsync(folder, "fetch", ["fetch", "F.wsp", .. window, "--json"]);
    }

    [Fact]
    public async Task Fetch_without_nulls_keeps_the_times_which_the_real_tool_loses()
    {
        using var folder = new TemporaryFolder();
        await SameAsync(folder, "create", "create", "F.wsp", "60s:1h");
        await SameAsync(folder, "update", "update", "F.wsp", $"{Now - 600}:1", $"{Now - 300}:2");
        string path = folder.File("ours/F.wsp");
        (int code, string output) = await OursAsync("fetch", path, $"--from={Now - 1000}", $"--until={Now}", "--drop=nulls");
        Assert.Equal((0, $"{(Now - 600) / 60 * 60}\t1.000000\n{(Now - 300) / 60 * 60}\t2.000000\n"), (code, output));
    }

    [Fact]
    public async Task Diff_gives_the_same_output_and_an_exit_code_besides()
    {
        using var folder = new TemporaryFolder();
        await SameAsync(folder, "create", "create", "F.wsp", "10s:10m", "1m:1h");
        await SameAsync(folder, "update", ["update", "F.wsp", .. Points(40, 12)]);
        foreach (string side in new[] { "ours", "real" })
        {
            File.Copy(folder.File(side + "/F.wsp"), folder.File(side + "/G.wsp"));
        }

        await SameAsync(folder, "diff", "diff", "F.wsp", "G.wsp");
        await SameAsync(folder, "update", "update", "G.wsp", $"{Now - 20}:77", $"{Now - 400}:78");
        foreach (string[] options in new string[][] { [], ["--summary"], ["--columns"], ["--columns", "--summary"], ["--columns", "--no-headers"], ["--no-headers"], [$"--until={Now - 100}"] })
        {
            await SameAsync(folder, "diff", exitCode: 1, ["diff", "F.wsp", "G.wsp", .. options]);
        }

        await SameAsync(folder, "diff", exitCode: 1, ["diff", "F.wsp", "G.wsp", "--ignore-empty"]);
        await SameJsonAsync(folder, "diff", "diff", "F.wsp", "G.wsp", "--json");
        await SameJsonAsync(folder, "diff", "diff", "F.wsp", "G.wsp", "--json", "--summary");
    }

    [Fact]
    public async Task Merge_fill_and_resize_give_the_same_files()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "F.wsp", "G.wsp" })
        {
            await SameAsync(folder, "create", "create", name, "10s:20m", "1m:2h");
        }

        string[] all = [.. Enumerable.Range(0, 110).Select(i => $"{Now - 15 - (i * 10)}:{i % 7}.5")];
        await SameAsync(folder, "update", ["update", "F.wsp", .. all]);
        await SameAsync(folder, "update", ["update", "G.wsp", .. all.Where((_, i) => i is < 20 or > 60)]);
        Copy(folder, "G.wsp", "H.wsp");
        await SameAsync(folder, "fill", "fill", "F.wsp", "G.wsp", "--lock");
        await SameAsync(folder, "merge", "merge", "F.wsp", "H.wsp", $"--from={Now - 800}", $"--until={Now - 200}");
        await SameAsync(folder, "merge", "merge", "F.wsp", "H.wsp");
        Copy(folder, "H.wsp", "I.wsp");
        await SameAsync(folder, "resize", "resize", "H.wsp", "10s:40m", "5m:1d", "--xFilesFactor=0");
        await SameAsync(folder, "resize", "resize", "I.wsp", "20s:30m", "1m:3h", "--nobackup", "--aggregationMethod=max", "--force");
        await SameAsync(folder, "resize", "resize", "I.wsp", "10s:30m", "--newfile=J.wsp");
    }

    [Fact]
    public async Task Auto_resize_gives_the_same_files_and_find_corrupt_the_same_names()
    {
        using var folder = new TemporaryFolder();
        foreach (string side in new[] { "ours", "real" })
        {
            Directory.CreateDirectory(folder.File(side + "/w/a"));
        }

        await File.WriteAllTextAsync(folder.File("storage-schemas.conf"), "[fast]\npattern = ^a\\.fast\nretentions = 10s:1h\n[all]\npattern = .*\nretentions = 60s:2h\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("storage-aggregation.conf"), "[all]\npattern = .*\nxFilesFactor = 0.5\naggregationMethod = average\n", TestContext.Current.CancellationToken);
        foreach (string name in new[] { "w/a/fast.wsp", "w/a/slow.wsp", "w/a/same.wsp" })
        {
            await SameAsync(folder, "create", "create", name, name.Contains("same", StringComparison.Ordinal) ? "60s:2h" : "60s:1h");
            await SameAsync(folder, "update", ["update", name, .. Points(30, 60)]);
        }

        ToolResult real = await RealTool.TryRunAsync("env", ["PATH=/usr/bin:/bin", "/usr/bin/python3", "/usr/bin/whisper-auto-resize", folder.File("real/w"), folder.Path, "--doit"]);
        Assert.True(real.ExitCode == 0, real.Error);
        Assert.Equal(0, (await OursAsync("auto-resize", folder.File("ours/w"), folder.Path, "--doit")).Code);
        SameFiles(folder);
        Assert.True(File.Exists(folder.File("ours/w/a/fast.wsp.bak")));

        foreach (string side in new[] { "ours", "real" })
        {
            await File.WriteAllTextAsync(folder.File(side + "/w/a/bad.wsp"), "bad", TestContext.Current.CancellationToken);
            byte[] half = await File.ReadAllBytesAsync(folder.File(side + "/w/a/same.wsp"), TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(folder.File(side + "/w/a/half.wsp"), half[..20], TestContext.Current.CancellationToken);
        }

        real = await RealTool.TryRunAsync("/usr/bin/python3", ["/usr/bin/find-corrupt-whisper-files", folder.File("real/w"), "--delete-corrupt", "--verbose"]);
        (int code, string output) = await OursAsync("find-corrupt", folder.File("ours/w"), "--delete-corrupt", "--verbose");
        Assert.Equal(1, code);
        foreach (string name in new[] { "bad.wsp", "half.wsp" })
        {
            Assert.Contains(name, real.Error, StringComparison.Ordinal);
            Assert.Contains(name, output, StringComparison.Ordinal);
            Assert.False(File.Exists(folder.File("ours/w/a/" + name)));
        }

        Assert.Contains("same.wsp: 120 points", output, StringComparison.Ordinal);
        SameFiles(folder);
    }

    [Fact]
    public async Task Ceres_tree_is_imported_and_what_cannot_be_is_told()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("ceres/a/b"));
        Directory.CreateDirectory(folder.File("ceres/a/bad"));
        await File.WriteAllTextAsync(folder.File("ceres/a/b/.ceres-node"), "{\"timeStep\": 60}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("ceres/a/bad/.ceres-node"), "{", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.File($"ceres/a/b/{(Now - 600) / 60 * 60}@60.slice"), Convert.FromHexString("40091eb851eb851f"), TestContext.Current.CancellationToken);
        (int code, string output) = await OursAsync("import-ceres", folder.File("ceres"), folder.File("whisper"));
        Assert.Equal(1, code);
        Assert.Contains("a.b: 1 points -> " + folder.File("whisper/a/b.wsp"), output, StringComparison.Ordinal);
        Assert.Contains("a.bad", output, StringComparison.Ordinal);
        Assert.Contains("3.14", (await OursAsync("fetch", folder.File("whisper/a/b.wsp"), $"--from={Now - 720}")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unavailable, (await OursAsync("import-ceres", folder.File("nothing"), folder.File("whisper"))).Code);
    }

    /// <summary>Points well inside of what archives keep: both tools look at the clock, one after the other.</summary>
    private static IEnumerable<string> Points(int count, int step) =>
        Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Now - 15 - (i * step)}:{i % 5}.25"));

    private static void Copy(TemporaryFolder folder, string from, string to)
    {
        foreach (string side in new[] { "ours", "real" })
        {
            File.Copy(folder.File($"{side}/{from}"), folder.File($"{side}/{to}"));
        }
    }

    private static Task SameAsync(TemporaryFolder folder, string tool, params string[] arguments) => SameAsync(folder, tool, exitCode: null, arguments);

    /// <summary>Runs both, each in its folder, and compares output, exit code (unless ours is to be another) and all files.</summary>
    private static async Task SameAsync(TemporaryFolder folder, string tool, int? exitCode, string[] arguments)
    {
        (ToolResult real, int code, string output) = await BothAsync(folder, tool, arguments);
        Assert.Equal(real.Output.Replace(folder.File("real/"), "", StringComparison.Ordinal), output.Replace(folder.File("ours/"), "", StringComparison.Ordinal));
        Assert.Equal(exitCode ?? real.ExitCode, code);
        SameFiles(folder);
    }

    private static async Task SameJsonAsync(TemporaryFolder folder, string tool, params string[] arguments)
    {
        (ToolResult real, _, string output) = await BothAsync(folder, tool, arguments);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(real.Output.Replace(folder.File("real/"), "", StringComparison.Ordinal)),
                JsonNode.Parse(output.Replace(folder.File("ours/"), "", StringComparison.Ordinal))),
            $"{real.Output} is not {output}");
    }

    private static async Task<(ToolResult Real, int Code, string Output)> BothAsync(TemporaryFolder folder, string tool, string[] arguments)
    {
        Assert.True(File.Exists("/usr/bin/whisper-" + tool), "python3-whisper is not installed: apt-get install python3-whisper");
        string[] In(string side) => [.. arguments.Skip(1).Select(a => a.EndsWith(".wsp", StringComparison.Ordinal)
            ? a.StartsWith("--newfile=", StringComparison.Ordinal) ? "--newfile=" + folder.File($"{side}/{a[10..]}") : folder.File($"{side}/{a}")
            : a)];
        Directory.CreateDirectory(folder.File("ours"));
        Directory.CreateDirectory(folder.File("real"));
        ToolResult real = await RealTool.TryRunAsync("/usr/bin/python3", ["/usr/bin/whisper-" + tool, .. In("real")]);
        (int code, string output) = await OursAsync([arguments[0], .. In("ours")]);
        return (real, code, output);
    }

    private static void SameFiles(TemporaryFolder folder)
    {
        string[] Files(string side) => [.. Directory.GetFiles(folder.File(side), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.File(side), f)).Order(StringComparer.Ordinal)];
        Assert.Equal(Files("real"), Files("ours"));
        foreach (string file in Files("real"))
        {
            Assert.True(File.ReadAllBytes(folder.File("real/" + file)).AsSpan().SequenceEqual(File.ReadAllBytes(folder.File("ours/" + file))), $"{file} is not the same");
        }
    }

    private static async Task<(int Code, string Output)> OursAsync(params string[] arguments)
    {
        TextWriter output = Console.Out;
        TextWriter errors = Console.Error;
        using var text = new StringWriter();
        Console.SetOut(text);
        Console.SetError(text);
        try
        {
            return (await KalmarApplication.RunAsync(["whisper", .. arguments]), text.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }
}
