using System.Net;
using System.Net.Sockets;
using System.Text;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Services;
using Kalmar.Testing;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Services;

public sealed class CarbonServiceTests
{
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Cache_writes_what_came_by_its_ports_and_tells_about_itself()
    {
        using var folder = new TemporaryFolder();
        await using (CarbonService service = await CarbonService.StartAsync(Cache(folder, "")))
        {
            await SendAsync(service.EndPoints[0].EndPoint, $"a.b 5 {Now}\nblocked.x 1 {Now}\n");
            await UntilAsync(() => service.Counters.Received >= 2);
            service.Record();
        }

        Assert.True(File.Exists(folder.File("whisper/a/b.wsp")));
        string agents = folder.File($"whisper/carbon/agents/{Environment.MachineName.Replace('.', '_')}-a");
        foreach (string name in new[] { "cache/size", "cache/queues", "cache/overflow", "cache/queries", "updateOperations", "committedPoints", "creates", "metricsReceived", "cpuUsage", "memUsage", "activeConnections", "errors" })
        {
            Assert.True(File.Exists($"{agents}/{name}.wsp"), name);
        }
    }

    [Fact]
    public async Task Lists_leave_series_out_and_are_read_again()
    {
        using var folder = new TemporaryFolder();
        CarbonOptions options = Cache(folder, "USE_WHITELIST = True\n");
        await File.WriteAllTextAsync(folder.File("blacklist.conf"), "# no\n^blocked\\.\n", TestContext.Current.CancellationToken);
        await using CarbonService service = await CarbonService.StartAsync(options);
        await SendAsync(service.EndPoints[0].EndPoint, $"blocked.a 1 {Now}\nfree.a 1 {Now}\n");
        await UntilAsync(() => service.Counters.Received == 2);
        await service.Writer!.FlushAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("blacklist.conf"), "^free\\.\n", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(folder.File("blacklist.conf"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        service.Refresh();
        await SendAsync(service.EndPoints[0].EndPoint, $"blocked.b 1 {Now}\nfree.b 1 {Now}\n");
        await UntilAsync(() => service.Counters.Received == 4);
        await service.Writer.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["blocked/b.wsp", "free/a.wsp"], Directory.GetFiles(folder.File("whisper"), "*.wsp", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.File("whisper"), f)).Order());
    }

    [Fact]
    public async Task Journal_gives_back_what_a_killed_process_had_in_memory()
    {
        using var folder = new TemporaryFolder();
        using (var journal = new Journals.Journal(folder.File("journal")))
        {
            for (int i = 0; i < 10_000; i++)
            {
                journal.Add(Encoding.UTF8.GetBytes($"j.m{i}"), (uint)Now, i);
            }
        }

        await using (CarbonService service = await CarbonService.StartAsync(Cache(folder, $"JOURNAL_DIR = {folder.File("journal")}\n")))
        {
            Assert.Equal(10_000, service.Writer!.Counters.Points);
            await SendAsync(service.EndPoints[0].EndPoint, $"a.b 5 {Now}\n");
            await UntilAsync(() => service.Counters.Received == 1);
        }

        Assert.Empty(Directory.GetFiles(folder.File("journal")));
        using WhisperFile file = WhisperFile.OpenRead(folder.File("whisper/j/m77.wsp"));
        Assert.Equal(77, Assert.Single(file.ReadArchive(0)).Value);
    }

    [Theory]
    [InlineData("pickle")]
    [InlineData("line")]
    public async Task Relay_feeds_two_caches_by_the_ring_and_keeps_points_while_one_is_away(string protocol)
    {
        using var folder = new TemporaryFolder();
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        CarbonService one = await CarbonService.StartAsync(Cache(first, ""));
        int port = protocol == "pickle" ? 1 : 0;
        var away = new IPEndPoint(IPAddress.Loopback, FreePorts.Take());
        string conf = $"""
            [relay]
            STORAGE_DIR = {folder.Path}
            LINE_RECEIVER_PORT = 20031
            PICKLE_RECEIVER_PORT = 0
            RELAY_METHOD = consistent-hashing
            DESTINATION_PROTOCOL = {protocol}
            DESTINATIONS = 127.0.0.1:{one.EndPoints[port].EndPoint.Port}:a, 127.0.0.1:{away.Port}:b
            """;
        CarbonOptions options = AnyPorts(CarbonConf.Parse(conf, folder.File("carbon.conf"), CarbonProgram.Relay, "a"));
        await using (CarbonService relay = await CarbonService.StartAsync(options))
        {
            await SendAsync(relay.EndPoints[0].EndPoint, string.Concat(Enumerable.Range(0, 2000).Select(i => $"r.m{i} {i}.5 {Now}\n")));
            await UntilAsync(() => one.Cache!.Accepted > 400);
            await using CarbonService two = await CarbonService.StartAsync(Cache(second, "") with { Receivers = [new ReceiverOptions { Protocol = protocol == "pickle" ? ReceiverProtocol.Pickle : ReceiverProtocol.Line, EndPoint = away }] });
            await UntilAsync(() => one.Counters.Received + two.Counters.Received >= 2000);
        }

        await one.DisposeAsync();
        string[] here = Directory.GetFiles(first.File("whisper/r"));
        string[] there = Directory.GetFiles(second.File("whisper/r"));
        Assert.Equal(2000, here.Concat(there).Select(Path.GetFileName).Distinct().Count());
        Assert.InRange(here.Length, 500, 1500);
        using WhisperFile file = WhisperFile.OpenRead(here.Concat(there).First(f => f.EndsWith("/m1321.wsp", StringComparison.Ordinal)));
        Assert.Equal(1321.5, Assert.Single(file.ReadArchive(0)).Value);
    }

    [Fact]
    public async Task Points_for_a_destination_that_is_away_outlive_a_restart_of_the_relay()
    {
        using var folder = new TemporaryFolder();
        using var target = new TemporaryFolder();
        var away = new IPEndPoint(IPAddress.Loopback, FreePorts.Take());
        string conf = $"[relay]\nSTORAGE_DIR = {folder.Path}\nPICKLE_RECEIVER_PORT = 0\nRELAY_METHOD = consistent-hashing\nDESTINATIONS = 127.0.0.1:{away.Port}:a\n";
        CarbonOptions options = AnyPorts(CarbonConf.Parse(conf, folder.File("carbon.conf"), CarbonProgram.Relay, "a"));
        options = options with { Relay = options.Relay with { ShutdownTimeout = TimeSpan.FromMilliseconds(100) } };
        await using (CarbonService relay = await CarbonService.StartAsync(options))
        {
            await SendAsync(relay.EndPoints[0].EndPoint, string.Concat(Enumerable.Range(0, 1000).Select(i => $"r.m{i} {i} {Now}\n")));
            await UntilAsync(() => relay.Counters.Received == 1000);
        }

        CarbonService cache = await CarbonService.StartAsync(Cache(target, "") with { Receivers = [new ReceiverOptions { Protocol = ReceiverProtocol.Pickle, EndPoint = away }] });
        await using (CarbonService relay = await CarbonService.StartAsync(options))
        {
            await UntilAsync(() => cache.Counters.Received == 1000);
        }

        await cache.DisposeAsync();
        Assert.Equal(1000, Directory.GetFiles(target.File("whisper/r")).Length);
    }

    [Fact]
    public async Task Aggregator_cache_writes_sums_and_renamed_series()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("aggregation-rules.conf"), "sum.<m> (10) = sum web*.<m>\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("rewrite-rules.conf"), "[pre]\n^old\\.(.*)$ = \\1\n[post]\n^sum\\. = total.\n", TestContext.Current.CancellationToken);
        string conf = $"[aggregator-cache]\nLOCAL_DATA_DIR = {folder.File("whisper")}\nPICKLE_RECEIVER_PORT = 0\nCACHE_QUERY_PORT = 0\nWHISPER_SPARSE_CREATE = True\n";
        await using (CarbonService service = await CarbonService.StartAsync(AnyPorts(CarbonConf.Parse(conf, folder.File("carbon.conf"), CarbonProgram.AggregatorCache, "a"))))
        {
            await SendAsync(service.EndPoints[0].EndPoint, $"web1.q 5 {Now}\nold.web2.q 7 {Now}\n");
            await UntilAsync(() => service.Counters.Received == 2);
        }

        using WhisperFile file = WhisperFile.OpenRead(folder.File("whisper/total/q.wsp"));
        Assert.Equal(12, Assert.Single(file.ReadArchive(0)).Value);
        Assert.True(File.Exists(folder.File("whisper/web2/q.wsp")));
    }

    [Fact]
    public void Configuration_tells_all_that_is_wrong_at_once()
    {
        CarbonConfigurationException e = Assert.Throws<CarbonConfigurationException>(() => CarbonConf.Parse(
            "[cache]\nLINE_RECEIVER_PORT = high\nENABLE_UDP_LISTENER = perhaps\nCACHE_WRITE_STRATEGY = best\nLINE_RECEIVER_INTERFACE = here\n", "carbon.conf", CarbonProgram.Cache, "a"));
        Assert.All(["LINE_RECEIVER_PORT", "ENABLE_UDP_LISTENER", "CACHE_WRITE_STRATEGY", "LINE_RECEIVER_INTERFACE"], key => Assert.Contains(key, e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Configuration_of_debian_and_instances_are_read()
    {
        CarbonOptions debian = CarbonConf.Load("/etc/carbon/carbon.conf");
        Assert.Equal("/var/lib/graphite/whisper/", debian.Writer.DataFolder);
        Assert.Equal((2003, 2004, 7002), (debian.Receivers[0].EndPoint.Port, debian.Receivers[1].EndPoint.Port, debian.CacheQuery!.Port));
        CarbonOptions b = CarbonConf.Parse("[cache]\nMAX_CACHE_SIZE = 7\nLINE_RECEIVER_PORT = 1\n[cache:b]\nLINE_RECEIVER_PORT = 2\n", "carbon.conf", CarbonProgram.Cache, "b");
        Assert.Equal((7, 2, "b"), (b.MaxCacheSize, b.Receivers[0].EndPoint.Port, b.Instance));
    }

    private static CarbonOptions Cache(TemporaryFolder folder, string more) => AnyPorts(CarbonConf.Parse(
        $"[cache]\nLOCAL_DATA_DIR = {folder.File("whisper")}\nWHISPER_SPARSE_CREATE = True\n{more}", folder.File("carbon.conf"), CarbonProgram.Cache, "a"));

    private static CarbonOptions AnyPorts(CarbonOptions options) => options with
    {
        Receivers = [.. options.Receivers.Select(r => r with { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) })],
        CacheQuery = options.CacheQuery is null ? null : new IPEndPoint(IPAddress.Loopback, 0),
    };

    private static async Task SendAsync(IPEndPoint endPoint, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
