using System.Net;
using System.Net.Sockets;
using System.Text;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.RemoteWrite;
using Kalmar.Carbon.Services;
using Kalmar.Testing;

namespace Kalmar.Carbon.Tests.RemoteWrite;

/// <summary>Against Debian's Prometheus; its query API says what arrived.</summary>
public sealed class RemoteWriteTests
{
    private const int Series = 2000;
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Prometheus_stopped_and_started_and_relay_stopped_and_started_lose_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var prometheus = new RealPrometheus();
        await prometheus.StartAsync();
        CarbonOptions options = Relay(folder, $"DESTINATIONS = {prometheus.WriteUrl}\n");
        await using (CarbonService relay = await CarbonService.StartAsync(options))
        {
            await SendAsync(relay, Round(0));
            await SentAsync(relay, Series);
            Assert.Equal(Series, await prometheus.NumberAsync("count({__name__=~\"rw_host.*\"})"));

            await prometheus.StopAsync();
            await SendAsync(relay, Round(1));
            await Eventually.TrueAsync("a request was tried again", () => Task.FromResult(relay.Relay!.Destinations.Single().Counters.Retries > 2));
        }

        Assert.NotEmpty(Directory.GetFiles(folder.Path, "*.lines", SearchOption.AllDirectories));
        await using (CarbonService relay = await CarbonService.StartAsync(options))
        {
            // Newer points come in while older ones still wait on disk.
            await SendAsync(relay, Round(2));
            await Eventually.TrueAsync("a request was tried again", () => Task.FromResult(relay.Relay!.Destinations.Single().Counters.Retries > 0));
            await prometheus.StartAsync();
            await SentAsync(relay, 2 * Series);
            DestinationCounters counters = relay.Relay!.Destinations.Single().Counters;
            Assert.Equal((0, 0), (counters.Refused, counters.Lost));
        }

        Assert.Empty(Directory.GetFiles(folder.Path, "*.lines", SearchOption.AllDirectories));
        Assert.Equal(3 * Series, await prometheus.CountAsync("{__name__=~\"rw_host.*\"}[1h]"));
        Assert.Equal(2 + 1234, await prometheus.NumberAsync("rw_host_4_m1234"));
        Assert.Equal(Enumerable.Range(0, Series).Sum(i => (long)i + 2), await prometheus.NumberAsync("sum({__name__=~\"rw_host.*\"})"));
    }

    [Fact]
    public async Task Names_become_labels_and_only_the_samples_to_blame_are_refused()
    {
        using var folder = new TemporaryFolder();
        await using var prometheus = new RealPrometheus();
        await prometheus.StartAsync();
        await using CarbonService cache = await CarbonService.StartAsync(Any(CarbonConf.Parse(
            $"[cache]\nSTORAGE_DIR = {folder.Path}\nPICKLE_RECEIVER_PORT = 0\nCACHE_QUERY_PORT = 0\nREMOTE_WRITE_URLS = {prometheus.WriteUrl}\n", folder.File("carbon.conf"), CarbonProgram.Cache, "a")));
        DestinationCounters counters = cache.Copies!.Destinations.Single().Counters;
        await SendAsync(cache, $"old.one 1 {Now}\n");
        await SentAsync(cache, 1);
        string good = string.Concat(Enumerable.Range(0, 300).Select(i => $"good.m{i} {i} {Now}\n"));
        await SendAsync(cache, $"web-1.cpu.ü 7 {Now}\n3com.up 8 {Now}\ncpu;host=web:1/ü;the-rack=r1 9 {Now - 1}\ncpu;host=web:1/ü;the-rack=r1 10 {Now}\nold.one 5 {Now - 90_000}\n{good}");
        await Eventually.TrueAsync("all is sent or refused", () => Task.FromResult(counters.Sent + counters.Refused >= 306));
        Assert.Equal(7, await prometheus.NumberAsync("web_1_cpu__"));
        Assert.Equal(8, await prometheus.NumberAsync("_3com_up"));
        Assert.Equal(2, await prometheus.CountAsync("cpu{host=\"web:1/ü\",the_rack=\"r1\"}[1h]"));
        Assert.Equal(300, await prometheus.NumberAsync("count({__name__=~\"good_.*\"})"));
        Assert.Equal(1, await prometheus.NumberAsync("old_one"));
        Assert.Equal(1, counters.Refused);
        await cache.Writer!.FlushAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(folder.File("whisper/old/one.wsp")), "the copy does not disturb the store");
    }

    [Fact]
    public async Task Statuses_of_a_receiver_decide_what_is_sent_again_and_what_is_given_up()
    {
        using var folder = new TemporaryFolder();
        using var server = new HttpListener();
        int port = FreePorts.Take();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        Queue<int> statuses = new([503, 429, 500, 204, 404, 204]);
        List<(int Status, string? User, string? Encoding, byte[] Body)> requests = [];
        Task serving = Task.Run(
            async () =>
            {
                while (statuses.TryDequeue(out int status))
                {
                    HttpListenerContext context = await server.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    lock (requests)
                    {
                        requests.Add((status, context.Request.Headers["Authorization"], context.Request.Headers["Content-Encoding"], body.ToArray()));
                    }

                    context.Response.StatusCode = status;
                    context.Response.Close();
                }
            },
            TestContext.Current.CancellationToken);
        await using (CarbonService relay = await CarbonService.StartAsync(Relay(folder, $"DESTINATIONS = http://me:se%20cret@127.0.0.1:{port}/push\n")))
        {
            (Kalmar.Carbon.Routing.Destination destination, DestinationCounters counters, _, _) = relay.Relay!.Destinations.Single();
            await SendAsync(relay, $"a 1 {Now}\n");
            await Eventually.TrueAsync("it was sent", () => Task.FromResult(counters.Sent == 1));
            await SendAsync(relay, $"b 1 {Now}\nc 1 {Now}\n");
            await Eventually.TrueAsync("they were refused", () => Task.FromResult(counters.Refused == 2));
            Assert.DoesNotContain("cret", destination.ToString(), StringComparison.Ordinal);
            await SendAsync(relay, $"d 1 {Now}\n");
            await Eventually.TrueAsync("it was sent", () => Task.FromResult(counters.Sent == 2));
            Assert.Equal(3, counters.Retries);
        }

        await serving;
        Assert.Equal([503, 429, 500, 204, 404, 204], requests.Select(r => r.Status));
        Assert.All(requests, r => Assert.Equal(("Basic " + Convert.ToBase64String("me:se cret"u8), "snappy"), (r.User, r.Encoding)));
        Assert.Equal(requests[0].Body, requests[3].Body);
        Assert.DoesNotContain(Directory.GetDirectories(folder.Path, "*", SearchOption.AllDirectories), d => d.Contains("cret", StringComparison.Ordinal));
    }

    [Fact]
    public void Request_has_the_bytes_that_the_format_demands()
    {
        var block = LineBlockOf("m.x;k=v 2.5 3\nm.x;k=v 1.5 2\nm.x;k=v 9 3\nbad\n");
        RemoteSample[] samples = [.. WriteRequest.Samples(block, out int unreadable)];
        Assert.Equal(1, unreadable);
        Assert.Equal([(2000, 1.5), (3000, 9.0)], samples.Select(s => (s.Timestamp, s.Value)));
        byte[] expected = Convert.FromHexString(
            "0a35"
            + "0a0f" + "0a085f5f6e616d655f5f" + "1203" + "6d5f78"
            + "0a06" + "0a016b" + "120176"
            + "120c" + "09000000000000f83f" + "10d00f"
            + "120c" + "090000000000002240" + "10b817");
        Assert.Equal(expected, IronSnappy.Snappy.Decode(WriteRequest.Encode(samples)));
    }

    private static LineBlock LineBlockOf(string text) => new(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetByteCount(text), text.Count(c => c == '\n'));

    private static string Round(int round) => string.Concat(Enumerable.Range(0, Series).Select(i => $"rw.host-{i % 10}.m{i} {i + round} {Now - 30 + (round * 10)}\n"));

    private static CarbonOptions Relay(TemporaryFolder folder, string more)
    {
        CarbonOptions options = Any(CarbonConf.Parse(
            $"[relay]\nSTORAGE_DIR = {folder.Path}\nPICKLE_RECEIVER_PORT = 0\nRELAY_METHOD = consistent-hashing\n{more}", folder.File("carbon.conf"), CarbonProgram.Relay, "a"));
        return options with { Relay = options.Relay with { RetryDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(200), ShutdownTimeout = TimeSpan.FromSeconds(2) } };
    }

    private static CarbonOptions Any(CarbonOptions options) => options with
    {
        Receivers = [.. options.Receivers.Select(r => r with { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) })],
    };

    private static Task SentAsync(CarbonService service, long points) => Eventually.TrueAsync(
        $"{points} points are sent", () => Task.FromResult((service.Relay ?? service.Copies)!.Destinations.Single().Counters.Sent >= points));

    private static async Task SendAsync(CarbonService service, string text)
    {
        long before = service.Counters.Received;
        using var client = new TcpClient();
        await client.ConnectAsync(service.EndPoints[0].EndPoint, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        int lines = text.Count(c => c == '\n');
        await Eventually.TrueAsync("all lines came in", () => Task.FromResult(service.Counters.Received == before + lines));
    }
}
