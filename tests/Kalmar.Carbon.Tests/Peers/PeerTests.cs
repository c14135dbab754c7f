using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Services;
using Kalmar.Testing;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Peers;

/// <summary>Real programs of the field around a Kalmar: collectd, Debian's carbon-relay, carbon-client and carbon-cache, graphite-web.</summary>
public sealed class PeerTests
{
    private const string Client = """
        # Debian's carbon-client 1.1.7 with what keeps it from running mended: its router wants settings, its reader bytes, its manager two modules.
        import sys, carbon.state, carbon.events, carbon.instrumentation
        from carbon.conf import settings
        settings.REPLICATION_FACTOR = 1; settings.DIVERSE_REPLICAS = False; settings.ROUTER_HASH_TYPE = 'carbon_ch'
        carbon.state.events = carbon.events; carbon.state.instrumentation = carbon.instrumentation
        text = open('/usr/bin/carbon-client').read()
        text = text.replace("ConsistentHashingRouter(options.replication, diverse_replicas=options.diverse_replicas)", "ConsistentHashingRouter(settings)")
        text = text.replace("delimiter = '\\n'", "delimiter = b'\\n'").replace("line.split()", "line.decode().split()")
        __file__ = '/usr/bin/carbon-client'
        sys.argv = ['carbon-client'] + sys.argv[1:]
        exec(compile(text, 'carbon-client', 'exec'))
        """;

    private const string Ring = """
        import sys
        from carbon.hashing import ConsistentHashRing
        ring = ConsistentHashRing([], hash_type='carbon_ch')
        for d in sys.argv[1:]: ring.add_node(('127.0.0.1', d))
        for line in sys.stdin: print(ring.get_node(line.rstrip('\n'))[1])
        """;

    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Collectd_sends_to_us()
    {
        using var folder = new TemporaryFolder();
        await using CarbonService cache = await CarbonService.StartAsync(Cache(folder));
        await File.WriteAllTextAsync(
            folder.File("collectd.conf"),
            $"""
            Interval 1
            Hostname "box"
            BaseDir "{folder.Path}"
            PIDFile "{folder.File("pid")}"
            PluginDir "/usr/lib/collectd"
            TypesDB "/usr/share/collectd/types.db"
            LoadPlugin load
            LoadPlugin memory
            LoadPlugin write_graphite
            <Plugin write_graphite>
              <Node "kalmar">
                Host "127.0.0.1"
                Port "{cache.EndPoints[0].EndPoint.Port}"
                Protocol "tcp"
                Prefix "collectd."
              </Node>
            </Plugin>

            """,
            TestContext.Current.CancellationToken);
        await using (PeerProcess collectd = PeerProcess.Start("collectd", "collectd-core", folder.Path, null, "-f", "-C", folder.File("collectd.conf")))
        {
            await Eventually.TrueAsync("collectd's series are here", () =>
            {
                Assert.DoesNotContain("rror", collectd.Output, StringComparison.Ordinal);
                return Task.FromResult(cache.Counters.Received >= 18);
            });
            await collectd.StopAsync();
        }

        await cache.Writer!.FlushAsync(TestContext.Current.CancellationToken);
        using WhisperFile file = WhisperFile.OpenRead(folder.File("whisper/collectd/box/memory/memory-free.wsp"));
        Assert.All(file.ReadArchive(0), p => Assert.True(p.Value > 0));
        Assert.True(File.Exists(folder.File("whisper/collectd/box/load/load/shortterm.wsp")));
        Assert.Equal(0, cache.Counters.BadLines);
    }

    [Fact]
    public async Task Carbon_relay_and_carbon_client_send_to_us()
    {
        using var folder = new TemporaryFolder();
        await using CarbonService cache = await CarbonService.StartAsync(Cache(folder));
        IReadOnlyList<int> ports = FreePorts.Take(2);
        int pickle = cache.EndPoints[1].EndPoint.Port;
        await File.WriteAllTextAsync(
            folder.File("carbon.conf"),
            $"[cache]\n[relay]\nLINE_RECEIVER_INTERFACE = 127.0.0.1\nLINE_RECEIVER_PORT = {ports[0]}\nPICKLE_RECEIVER_INTERFACE = 127.0.0.1\nPICKLE_RECEIVER_PORT = {ports[1]}\n"
            + $"RELAY_METHOD = consistent-hashing\nDESTINATIONS = 127.0.0.1:{pickle}:a\nUSER =\nCARBON_METRIC_INTERVAL = 0\n",
            TestContext.Current.CancellationToken);
        await using (PeerProcess relay = Carbon("carbon-relay", folder))
        {
            await relay.ListensAsync(ports[0]);
            await SendAsync(ports[0], Lines("relayed", 500));
            await Eventually.TrueAsync("what the relay sent is here", () => Task.FromResult(cache.Counters.Received >= 500));
            await relay.StopAsync();
        }

        await Python.RunAsync(Client, Lines("client", 500), $"127.0.0.1:{pickle}:a");
        await Eventually.TrueAsync("what the client sent is here", () => Task.FromResult(cache.Counters.Received >= 1000));
        await cache.Writer!.FlushAsync(TestContext.Current.CancellationToken);
        foreach (string name in new[] { "relayed", "client" })
        {
            Assert.Equal(500, Directory.GetFiles(folder.File($"whisper/{name}")).Length);
            using WhisperFile file = WhisperFile.OpenRead(folder.File($"whisper/{name}/m321.wsp"));
            Assert.Equal(321.5, Assert.Single(file.ReadArchive(0)).Value);
        }

        Assert.Equal(0, cache.Counters.BadFrames);
    }

    [Fact]
    public async Task Carbon_relay_sends_to_us_by_tls()
    {
        using var folder = new TemporaryFolder();
        using var certificate = new TestCertificate();
        await File.WriteAllTextAsync(folder.File("cert.pem"), certificate.Pem.Certificate, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("key.pem"), certificate.Pem.Key, TestContext.Current.CancellationToken);
        await using CarbonService cache = await CarbonService.StartAsync(Cache(folder, $"RECEIVER_TLS_CERTIFICATE = {folder.File("cert.pem")}\nRECEIVER_TLS_KEY = {folder.File("key.pem")}\nENABLE_TAGS = False\n"));
        int port = FreePorts.Take();
        await File.WriteAllTextAsync(
            folder.File("carbon.conf"),
            $"[cache]\n[relay]\nLINE_RECEIVER_INTERFACE = 127.0.0.1\nLINE_RECEIVER_PORT = {port}\nPICKLE_RECEIVER_PORT = 0\nDESTINATION_TRANSPORT = ssl\nDESTINATION_SSL_CA = {folder.File("cert.pem")}\n"
            + $"RELAY_METHOD = consistent-hashing\nDESTINATIONS = localhost:{cache.EndPoints[1].EndPoint.Port}:a\nUSER =\nCARBON_METRIC_INTERVAL = 0\n",
            TestContext.Current.CancellationToken);
        await using PeerProcess relay = Carbon("carbon-relay", folder);
        await relay.ListensAsync(port);
        await SendAsync(port, Lines("secret", 500));
        await Eventually.TrueAsync("what the relay sent is here", () => Task.FromResult(cache.Counters.Received >= 500));
        await relay.StopAsync();
        Assert.Equal(0, cache.Counters.BadFrames);
    }

    [Theory]
    [InlineData("pickle")]
    [InlineData("line")]
    public async Task Our_relay_feeds_two_carbon_caches_as_carbons_ring_says(string protocol)
    {
        using var folder = new TemporaryFolder();
        string[] instances = ["a", "b"];
        IReadOnlyList<int> ports = FreePorts.Take(6);
        List<PeerProcess> caches = [];
        try
        {
            for (int i = 0; i < 2; i++)
            {
                Directory.CreateDirectory(folder.File(instances[i] + "/conf"));
                Directory.CreateDirectory(folder.File(instances[i] + "/whisper"));
                await File.WriteAllTextAsync(
                    folder.File(instances[i] + "/carbon.conf"),
                    $"[cache]\nLOCAL_DATA_DIR = {folder.File(instances[i])}/whisper\nLINE_RECEIVER_INTERFACE = 127.0.0.1\nLINE_RECEIVER_PORT = {ports[3 * i]}\nPICKLE_RECEIVER_INTERFACE = 127.0.0.1\n"
                    + $"PICKLE_RECEIVER_PORT = {ports[(3 * i) + 1]}\nCACHE_QUERY_INTERFACE = 127.0.0.1\nCACHE_QUERY_PORT = {ports[(3 * i) + 2]}\nUSER =\nCARBON_METRIC_INTERVAL = 0\n"
                    + "MAX_CREATES_PER_MINUTE = inf\nMAX_UPDATES_PER_SECOND = inf\nENABLE_TAGS = False\n",
                    TestContext.Current.CancellationToken);
                caches.Add(Carbon("carbon-cache", folder, instances[i]));
            }

            await caches[0].ListensAsync(ports[0]);
            await caches[1].ListensAsync(ports[3]);
            int offset = protocol == "pickle" ? 1 : 0;
            CarbonOptions options = Any(CarbonConf.Parse(
                $"[relay]\nSTORAGE_DIR = {folder.Path}\nPICKLE_RECEIVER_PORT = 0\nRELAY_METHOD = consistent-hashing\nDESTINATION_PROTOCOL = {protocol}\nCARBON_METRIC_INTERVAL = 0\n"
                + $"DESTINATIONS = 127.0.0.1:{ports[offset]}:a, 127.0.0.1:{ports[3 + offset]}:b\n",
                folder.File("carbon.conf"),
                CarbonProgram.Relay,
                "a"));
            await using (CarbonService relay = await CarbonService.StartAsync(options))
            {
                await SendAsync(relay.EndPoints[0].EndPoint.Port, Lines("ring", 1000));
                await Eventually.TrueAsync("both have all", () => Task.FromResult(instances.Sum(i => Files(folder, i).Count) == 1000));
            }
        }
        finally
        {
            foreach (PeerProcess cache in caches)
            {
                await cache.StopAsync();
                await cache.DisposeAsync();
            }
        }

        string[] expected = (await Python.RunAsync(Ring, string.Concat(Enumerable.Range(0, 1000).Select(i => $"ring.m{i}\n")), instances)).TrimEnd('\n').Split('\n');
        foreach (string instance in instances)
        {
            Assert.Equal(Enumerable.Range(0, 1000).Where(i => expected[i] == instance).Select(i => $"m{i}.wsp").Order(StringComparer.Ordinal), Files(folder, instance));
        }

        string path = folder.File($"{expected[777]}/whisper/ring/m777.wsp");
        using WhisperFile file = WhisperFile.OpenRead(path);
        Assert.Equal(777.5, Assert.Single(file.ReadArchive(0)).Value);
    }

    [Fact]
    public async Task Graphite_web_reads_our_files_and_what_is_only_in_our_cache()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("log"));

        // Files are written by hand of the test only, so that it is known what is where.
        int port = FreePorts.Take();
        CarbonOptions options = Cache(folder, $"GRAPHITE_URL = http://127.0.0.1:{port}\n");
        options = options with { Writer = options.Writer with { MaxUpdatesPerSecond = 2 } };
        await using CarbonService cache = await CarbonService.StartAsync(options);
        await SendAsync(cache.EndPoints[0].EndPoint.Port, $"web.one 1.5 {Now - 60}\nweb.two;dc=x 2.5 {Now - 60}\n");
        await Eventually.TrueAsync("they are in files", () => Task.FromResult(cache.Cache!.Size == 0 && cache.Counters.Received == 2));
        await File.WriteAllTextAsync(
            folder.File("web_settings.py"),
            $"""
            SECRET_KEY = 'for-tests-on-loopback'
            ALLOWED_HOSTS = ['127.0.0.1']
            TIME_ZONE = 'UTC'
            GRAPHITE_ROOT = '/usr/share/graphite-web'
            CONF_DIR = '{folder.Path}'
            STORAGE_DIR = '{folder.Path}'
            LOG_DIR = '{folder.File("log")}'
            LOG_ROTATION = False
            INDEX_FILE = '{folder.File("index")}'
            WHISPER_DIR = '{folder.File("whisper")}'
            STANDARD_DIRS = ['{folder.File("whisper")}']
            CARBONLINK_HOSTS = ['127.0.0.1:{cache.QueryEndPoint!.Port}:a']
            CARBONLINK_TIMEOUT = 10.0
            DEFAULT_CACHE_DURATION = 0
            FIND_CACHE_DURATION = 0
            FUNCTION_PLUGINS = []
            """ + "\nDATABASES = {'default': {'NAME': '" + folder.File("graphite.db") + "', 'ENGINE': 'django.db.backends.sqlite3', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': ''}}\n",
            TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string> { ["PYTHONPATH"] = folder.Path, ["DJANGO_SETTINGS_MODULE"] = "graphite.settings", ["GRAPHITE_SETTINGS_MODULE"] = "web_settings" };
        await using (PeerProcess migrate = PeerProcess.Start("graphite-manage", "graphite-web", folder.Path, environment, "migrate", "--run-syncdb"))
        {
            await migrate.EndsAsync();
        }

        await using PeerProcess web = PeerProcess.Start("gunicorn", "gunicorn", folder.Path, environment, "--bind", $"127.0.0.1:{port}", "--workers", "1", "graphite.wsgi:application");
        await web.ListensAsync(port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        Assert.Contains("1.5", await RawAsync(http, "web.one"), StringComparison.Ordinal);

        // It was away when the files were made, and is told of their series all the same.
        await Eventually.TrueAsync("its tag database knows both", () => Task.FromResult(cache.Tags!.Told >= 2));
        Assert.Equal("[\"web.two;dc=x\"]", await http.GetStringAsync("tags/findSeries?expr=dc=x", TestContext.Current.CancellationToken));
        Assert.Contains("2.5", await RawAsync(http, "seriesByTag('name=web.two','dc=x')"), StringComparison.Ordinal);

        // Many series wait for their turn now, and web.one's new point with them.
        await SendAsync(cache.EndPoints[0].EndPoint.Port, string.Concat(Enumerable.Range(0, 400).Select(i => $"crowd.m{i} 1 {Now}\ncrowd.m{i} 2 {Now - 60}\n")) + $"web.one 7.25 {Now}\n");
        await Eventually.TrueAsync("all came in", () => Task.FromResult(cache.Counters.Received == 803));
        using (WhisperFile file = WhisperFile.OpenRead(folder.File("whisper/web/one.wsp")))
        {
            Assert.DoesNotContain(file.ReadArchive(0), p => p.Value == 7.25);
        }

        string both = await RawAsync(http, "web.one");
        Assert.Contains("1.5", both, StringComparison.Ordinal);
        Assert.Contains("7.25", both, StringComparison.Ordinal);
        Assert.Contains("1.5,7.25", (await RawAsync(http, "web.*")).Replace("None,", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static Task<string> RawAsync(HttpClient http, string target) =>
        http.GetStringAsync($"render?target={target}&from=-5min&format=raw&noCache=1", TestContext.Current.CancellationToken);

    private static List<string> Files(TemporaryFolder folder, string instance) => Directory.Exists(folder.File($"{instance}/whisper/ring"))
        ? [.. Directory.GetFiles(folder.File($"{instance}/whisper/ring"), "*.wsp").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)]
        : [];

    private static PeerProcess Carbon(string program, TemporaryFolder folder, string sub = ".")
    {
        string root = Path.GetFullPath(folder.File(sub));
        File.WriteAllText(Path.Combine(root, "storage-schemas.conf"), "[all]\npattern = .*\nretentions = 60s:1d\n");
        var environment = new Dictionary<string, string> { ["GRAPHITE_ROOT"] = root, ["GRAPHITE_CONF_DIR"] = root, ["GRAPHITE_STORAGE_DIR"] = root };
        return PeerProcess.Start(
            program, "graphite-carbon", root, environment, $"--config={root}/carbon.conf", $"--pidfile={root}/{program}.pid", $"--logdir={root}", "--instance=a", "--nodaemon", "start");
    }

    private static string Lines(string name, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}.m{i} {i}.5 {Now}\n")));

    private static CarbonOptions Cache(TemporaryFolder folder, string more = "ENABLE_TAGS = False\n") => Any(CarbonConf.Parse(
        $"[cache]\nLOCAL_DATA_DIR = {folder.File("whisper")}\nWHISPER_SPARSE_CREATE = True\nCARBON_METRIC_INTERVAL = 0\n{more}", folder.File("carbon.conf"), CarbonProgram.Cache, "a"));

    private static CarbonOptions Any(CarbonOptions options) => options with
    {
        Receivers = [.. options.Receivers.Select(r => r with { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) })],
        CacheQuery = options.CacheQuery is null ? null : new IPEndPoint(IPAddress.Loopback, 0),
    };

    private static async Task SendAsync(int port, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
    }
}
