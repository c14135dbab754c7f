using System.Net;
using System.Text;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Pipeline;
using Kalmar.Carbon.Services;
using Kalmar.Carbon.Writing;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Services;

/// <summary>Files of settings that change under a running service.</summary>
public sealed class RereadTests
{
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
    private int _version;

    [Fact]
    public async Task Every_file_is_read_again_when_it_changes_and_a_wrong_one_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "storage-schemas.conf", "[all]\npattern = .*\nretentions = 60s:1h\n");
        Write(folder, "storage-aggregation.conf", "[all]\npattern = .*\nxFilesFactor = 0.5\naggregationMethod = average\n");
        Write(folder, "rewrite-rules.conf", "[pre]\n^old\\. = new.\n");
        Write(folder, "aggregation-rules.conf", "one (60) = sum part.*\n");
        Write(folder, "blacklist.conf", "^blocked\\.\n");
        List<WriterNotice> notices = [];
        await using CarbonService service = await CarbonService.StartAsync(Options(folder, CarbonProgram.AggregatorCache, "[aggregator-cache]\nUSE_WHITELIST = True\n"), notices.Add);
        await StoreAsync(service, "old.a", "blocked.a", "free.a");
        Assert.Equal(["free/a", "new/a"], Files(folder));
        Assert.Equal("60:60 Average", Kind(folder, "free/a"));

        Write(folder, "storage-schemas.conf", "[all]\npattern = .*\nretentions = 10s:1h\n");
        Write(folder, "storage-aggregation.conf", "[all]\npattern = .*\nxFilesFactor = 0\naggregationMethod = max\n");
        Write(folder, "rewrite-rules.conf", "[pre]\n^old\\. = newer.\n");
        Write(folder, "aggregation-rules.conf", "two (60) = sum part.*\n");
        Write(folder, "blacklist.conf", "^free\\.\n");
        Write(folder, "whitelist.conf", "^(old|newer|blocked|part|two|free)");
        service.Refresh();
        Assert.Equal(6, notices.Count(n => n.Kind == WriterNoticeKind.ConfigurationRead));
        await StoreAsync(service, "old.b", "blocked.b", "free.b", "other.b", "part.x");
        Assert.Equal(["blocked/b", "free/a", "new/a", "newer/b", "part/x"], Files(folder));
        Assert.Equal("10:360 Max", Kind(folder, "blocked/b"));

        Write(folder, "storage-schemas.conf", "[all]\npattern = (\nretentions = 1s:1h\n");
        Write(folder, "rewrite-rules.conf", "[pre]\n( = newest.\n");
        Write(folder, "aggregation-rules.conf", "three (sixty) = sum part.*\n");
        service.Refresh();
        Assert.All(["rewrite-rules.conf", "aggregation-rules.conf"], f => Assert.Contains(notices, n => n.Kind == WriterNoticeKind.ConfigurationRefused && n.Message.Contains(f, StringComparison.Ordinal)));
        await StoreAsync(service, "old.c");
        Assert.Contains("newer/c", Files(folder));
        Assert.NotEqual("1:3600 Max", Kind(folder, "newer/c"));
    }

    [Fact]
    public async Task Relay_sends_series_another_way_when_its_aggregation_rules_change()
    {
        using var folder = new TemporaryFolder();
        CarbonOptions options = Options(
            folder,
            CarbonProgram.Relay,
            $"[relay]\nSTORAGE_DIR = {folder.Path}\nRELAY_METHOD = aggregated-consistent-hashing\nDESTINATIONS = 127.0.0.1:1:a, 127.0.0.1:1:b\n");
        options = options with { Relay = options.Relay with { ShutdownTimeout = TimeSpan.Zero } };
        await using CarbonService service = await CarbonService.StartAsync(options);
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"part.m{i}")];
        long[] before = Attempted(service, names);
        Assert.All(before, b => Assert.InRange(b, 20, 180));
        Write(folder, "aggregation-rules.conf", "whole (60) = sum part.*\n");
        service.Refresh();
        Assert.Equal([0, 200], Attempted(service, names).Zip(before, (now, then) => now - then).Order());
    }

    private static long[] Attempted(CarbonService service, string[] names)
    {
        foreach (string name in names)
        {
            service.Entry.Accept(new IncomingPoint(Encoding.UTF8.GetBytes(name), Now, 1, default));
        }

        return [.. service.Relay!.Destinations.Select(d => d.Counters.Attempted)];
    }

    private static async Task StoreAsync(CarbonService service, params string[] names)
    {
        foreach (string name in names)
        {
            service.Entry.Accept(new IncomingPoint(Encoding.UTF8.GetBytes(name), Now, 1, default));
        }

        await service.Writer!.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Files(TemporaryFolder folder) => Directory.GetFiles(folder.File("whisper"), "*.wsp", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(folder.File("whisper"), f)[..^4]).Order(StringComparer.Ordinal);

    private static string Kind(TemporaryFolder folder, string file)
    {
        WhisperHeader header = WhisperFile.Info(folder.File($"whisper/{file}.wsp"));
        return $"{header.Retentions} {header.Aggregation}";
    }

    private void Write(TemporaryFolder folder, string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        File.SetLastWriteTimeUtc(folder.File(name), new DateTime(2030, 1, 1, 0, 0, _version++, DateTimeKind.Utc));
    }

    private static CarbonOptions Options(TemporaryFolder folder, CarbonProgram program, string text)
    {
        CarbonOptions options = CarbonConf.Parse(
            text + $"LOCAL_DATA_DIR = {folder.File("whisper")}\nPICKLE_RECEIVER_PORT = 0\nCACHE_QUERY_PORT = 0\nCARBON_METRIC_INTERVAL = 0\n", folder.File("carbon.conf"), program, "a");
        return options with { Receivers = [.. options.Receivers.Select(r => r with { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) })] };
    }
}
