using System.Buffers;
using System.Text.Json;
using Kalmar.Cli.Commands;
using Kalmar.Cli.Configuration;
using Kalmar.Graphite.Rendering;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.History;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.EndToEnd.Tests;

/// <summary>The history of a real cluster: what we wrote, read by the real Whisper; what a SIGKILL leaves.</summary>
public sealed class HistoryTests(CephClusterFixture ceph)
{
    [Fact]
    public async Task Real_whisper_reads_what_we_wrote_of_an_OSD_and_sees_our_values()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        using var folder = new TemporaryFolder();
        await using ClusterDirectory clusters = new([Monitor(cluster.ConfPath)]);
        long from = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        long until;
        Dictionary<string, Dictionary<long, double>> ours = [];
        await using (var history = new HistoryService(Settings(folder), clusters, TimeProvider.System, NullLogger<HistoryService>.Instance))
        {
            clusters.Start();
            await history.StartAsync(TestContext.Current.CancellationToken);
            string osd = $"ceph.cluster.{cluster.Fsid}.osd.0";
            await Eventually.TrueAsync("daemons were asked a dozen times", () => Task.FromResult(history.Cache.Accepted > 5_000 && history.Collectors.Any(c => c is { Name: "daemons", Runs: > 12 })), TimeSpan.FromSeconds(90));
            await history.Writer.FlushAsync(TestContext.Current.CancellationToken);
            until = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            foreach (string target in (string[])[$"{osd}.osd.*", $"{osd}.bluestore.*", $"{osd}.*.*.last_interval_avg", $"ceph.cluster.{cluster.Fsid}.df.*", "servers.*.loadavg.*"])
            {
                foreach ((string name, Dictionary<long, double> points) in await RenderAsync(history, target, from, until))
                {
                    ours[name] = points;
                }
            }
        }

        Assert.True(ours.Count > 30, $"only {ours.Count} series were kept");
        Assert.True(ours.Values.Sum(p => p.Count) > 200);
        foreach ((string name, Dictionary<long, double> points) in ours.Where(s => s.Value.Count > 0))
        {
            string file = Path.Combine(folder.File("whisper"), name.Replace('.', '/') + ".wsp");
            using JsonDocument theirs = JsonDocument.Parse(await RealTool.RunAsync("whisper-fetch", "--json", $"--from={from - 1}", $"--until={until}", file));
            Assert.Equal(points, Points(theirs.RootElement));
        }
    }

    [Fact]
    public async Task Killed_in_the_middle_of_writing_it_goes_on_and_keeps_its_points()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        using var folder = new TemporaryFolder();
        string[] arguments =
        [
            "serve", "-c", cluster.ConfPath, "--data", folder.File("kalmar"), "--listen", $"http://127.0.0.1:{FreePorts.Take()}", "--config", folder.File("kalmar.json"),
        ];
        await File.WriteAllTextAsync(
            folder.File("kalmar.json"), """{ "history": { "interval": "1s", "retentions": "1s:10m" } }""", TestContext.Current.CancellationToken);
        string[] Files() => Directory.Exists(folder.File("kalmar")) ? Directory.GetFiles(folder.File("kalmar"), "*.wsp", SearchOption.AllDirectories) : [];
        Dictionary<string, int> before = [];
        for (int round = 0; round < 3; round++)
        {
            await using KalmarProcess kalmar = KalmarProcess.Start(arguments);
            await kalmar.WaitForAsync("Kalmar is up", TimeSpan.FromSeconds(60));
            int seen = Files().Length;
            await Eventually.TrueAsync("files were made", () => Task.FromResult(Files().Length > Math.Max(200, seen - 1)), TimeSpan.FromSeconds(60));
            await Task.Delay(TimeSpan.FromMilliseconds(2500 + (round * 700)), TestContext.Current.CancellationToken);
            await kalmar.KillAsync();

            string[] sample = [.. Files().Where(f => f.Contains("loadavg", StringComparison.Ordinal) || f.Contains("/osd/0/osd/", StringComparison.Ordinal)).Take(12)];
            Assert.NotEmpty(sample);
            foreach (string file in sample)
            {
                await RealTool.RunAsync("whisper-info", file);
                int points = Points(JsonDocument.Parse(await RealTool.RunAsync("whisper-fetch", "--json", file)).RootElement).Count;
                Assert.True(points >= before.GetValueOrDefault(file), $"{file} had {before.GetValueOrDefault(file)} points and has {points}");
                before[file] = points;
            }
        }

        Assert.Contains(before.Values, p => p > 3);
    }

    private static ClusterMonitor Monitor(string conf) => new(
        new ClusterMonitorOptions { Name = "ceph", Open = ClusterOpener.For(new ClusterOptions(conf, null, null, null, null)) },
        TimeProvider.System,
        NullLogger<ClusterMonitor>.Instance);

    private static HistorySettings Settings(TemporaryFolder folder) => new()
    {
        Folder = folder.File("whisper"),
        Interval = TimeSpan.FromSeconds(1),
        Schemas = Carbon.Schemas.StorageSchemas.Uniform(Whisper.RetentionPolicy.Parse("1s:10m,1m:1h")),
    };

    private static async Task<List<(string Name, Dictionary<long, double> Points)>> RenderAsync(HistoryService history, string target, long from, long until)
    {
        RenderParameters parameters = new RenderParameters().Add("target", target).Add("format", "json").Add("from", $"{from - 1}").Add("until", $"{until}");
        var output = new ArrayBufferWriter<byte>();
        await history.Renderer.RenderAsync(RenderRequest.Parse(parameters, TimeProvider.System), output, TestContext.Current.CancellationToken);
        using JsonDocument document = JsonDocument.Parse(output.WrittenMemory);
        return
        [
            .. document.RootElement.EnumerateArray().Select(s => (
                s.GetProperty("target").GetString()!,
                s.GetProperty("datapoints").EnumerateArray().Where(p => p[0].ValueKind == JsonValueKind.Number).ToDictionary(p => p[1].GetInt64(), p => p[0].GetDouble()))),
        ];
    }

    private static Dictionary<long, double> Points(JsonElement fetched)
    {
        long time = fetched.GetProperty("start").GetInt64();
        long step = fetched.GetProperty("step").GetInt64();
        var points = new Dictionary<long, double>();
        foreach (JsonElement value in fetched.GetProperty("values").EnumerateArray())
        {
            if (value.ValueKind == JsonValueKind.Number)
            {
                points[time] = value.GetDouble();
            }

            time += step;
        }

        return points;
    }
}
