using System.Net;
using System.Net.Sockets;
using System.Text;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Services;
using Kalmar.Testing;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Services;

/// <summary>What nobody should send: each is refused or taken by a written rule, counted under a name, and touches nothing outside the data folder.</summary>
public sealed class HostileInputTests
{
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The name and the rest of a line; the counter that it must raise; the series that it must make, if any.</summary>
    public static TheoryData<string, string, string, string?> Lines() => new()
    {
        { "v.nan", $" nan {Now}", "nan", null },
        { "v.inf", $" inf {Now}", "values", null },
        { "v.ninf", $" -inf {Now}", "values", null },
        { "v.huge", $" 1e400 {Now}", "values", null },
        { "v.tiny", $" 1e-400 {Now}", "received", "v.tiny" },
        { "v.word", $" many {Now}", "lines", null },
        { "v.hex", $" 0x10 {Now}", "lines", null },
        { "t.negative", " 1 -5", "times", null },
        { "t.now", " 1 -1", "received", "t.now" },
        { "t.year3000", " 1 32503680000", "times", null },
        { "t.huge", " 1 1e300", "refused", null },
        { "t.nan", " 1 nan", "refused", null },
        { "t.missing", " 1", "lines", null },
        { "words", $" 1 {Now} more", "lines", null },
        { "..", $" 1 {Now}", "names", null },
        { "/", $" 1 {Now}", "names", null },
        { "../../../../tmp/kalmar-escaped", $" 1 {Now}", "received", "tmp.kalmar-escaped" },
        { "/etc/cron.d/kalmar-escaped", $" 1 {Now}", "received", "etc.cron.d.kalmar-escaped" },
        { "a..b", $" 1 {Now}", "received", "a.b" },
        { ".a.c.", $" 1 {Now}", "received", "a.c" },
        { "zero\0byte", $" 1 {Now}", "names", null },
        { "bell\a", $" 1 {Now}", "names", null },
        { new string('n', 5000), $" 1 {Now}", "names", null },
        { "long.node." + new string('n', 252), $" 1 {Now}", "names", null },
        { "BAD-UTF8", $" 1 {Now}", "names", null },
        { "m;tag", $" 1 {Now}", "names", null },
        { "m;=v", $" 1 {Now}", "names", null },
        { "m;tag=", $" 1 {Now}", "names", null },
        { "m;t!g=v", $" 1 {Now}", "names", null },
        { "m;tag=~v", $" 1 {Now}", "names", null },
        { ";tag=v", $" 1 {Now}", "names", null },
        { "m;z=1;a=2", $" 1 {Now}", "received", "m;a=2;z=1" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Line_is_refused_or_taken_by_a_rule_and_counted(string name, string rest, string counter, string? series)
    {
        using var folder = new TemporaryFolder();
        string[] before = Outside(folder);
        byte[] bytes = name == "BAD-UTF8" ? [(byte)'a', 0xc3, 0x28, 0xff, .. Encoding.UTF8.GetBytes(rest + "\n")] : Encoding.UTF8.GetBytes(name + rest + "\n");
        await using (CarbonService service = await CarbonService.StartAsync(Options(folder)))
        {
            await SendAsync(service, [.. bytes, .. Encoding.UTF8.GetBytes($"well.after 1 {Now}\n")]);
            Dictionary<string, long> counters = Counters(service);
            foreach ((string reason, long count) in counters)
            {
                long expected = reason switch
                {
                    "received" => series is null ? 1 : 2,
                    "refused" => counter is "refused" or "names" or "values" or "times" ? 1 : 0,
                    _ => reason == counter ? 1 : 0,
                };
                Assert.True(expected == count, $"{reason} is {count}, not {expected}");
            }
        }

        string[] files = [.. new[] { "well.after", series }.OfType<string>().Select(s => folder.File("whisper/" + MetricPath.RelativeFileOf(s))).Order()];
        Assert.Equal(files, Directory.GetFiles(folder.File("whisper"), "*", SearchOption.AllDirectories).Where(f => !f.Contains("/carbon/", StringComparison.Ordinal)).Order());
        Assert.Equal(before, Outside(folder));
        Assert.False(File.Exists("/tmp/kalmar-escaped.wsp") || File.Exists("/etc/cron.d/kalmar-escaped.wsp"));
    }

    [Fact]
    public async Task Line_of_100_MB_is_skipped_in_bounded_memory()
    {
        using var folder = new TemporaryFolder();
        await using CarbonService service = await CarbonService.StartAsync(Options(folder));
        byte[] piece = new byte[1 << 20];
        Array.Fill(piece, (byte)'x');
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(service.EndPoints[0].EndPoint, TestContext.Current.CancellationToken);
            NetworkStream stream = client.GetStream();
            for (int i = 0; i < 100; i++)
            {
                await stream.WriteAsync(piece, TestContext.Current.CancellationToken);
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes($"\nwell.after 1 {Now}\n"), TestContext.Current.CancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }

        Assert.Equal((1, 1), (service.Counters.LongLines, service.Counters.Received));
        Assert.True(most < 50 << 20, $"{most} bytes of memory for one line"); // other tests of this process use some, too
    }

    [Fact]
    public async Task Slow_senders_are_bounded_in_number_and_time_and_hold_no_memory()
    {
        using var folder = new TemporaryFolder();
        const int limit = 400;
        await using CarbonService service = await CarbonService.StartAsync(Options(folder, $"MAX_RECEIVER_CONNECTIONS = {limit}\nMETRIC_CLIENT_IDLE_TIMEOUT = 3\n"));
        List<Socket> senders = [];
        try
        {
            for (int i = 0; i < 600; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                senders.Add(socket);
                await socket.ConnectAsync(service.EndPoints[0].EndPoint, TestContext.Current.CancellationToken);
            }

            await Eventually.TrueAsync("200 are refused", () => Task.FromResult(service.Counters.RejectedConnections == 200));
            Assert.InRange(service.Counters.ActiveConnections, 0, limit);
            await Eventually.TrueAsync("the silent ones are closed", () => Task.FromResult(service.Counters is { IdleConnections: limit, ActiveConnections: 0 }));
        }
        finally
        {
            senders.ForEach(s => s.Dispose());
        }

        await SendAsync(service, Encoding.UTF8.GetBytes($"well.after 1 {Now}\n"));
        Assert.Equal(1, service.Counters.Received);
    }

    private static Dictionary<string, long> Counters(CarbonService service) => new()
    {
        ["received"] = service.Counters.Received,
        ["lines"] = service.Counters.BadLines,
        ["longLines"] = service.Counters.LongLines,
        ["nan"] = service.Counters.NotANumber,
        ["refused"] = service.Counters.Refused,
        ["names"] = service.Cache!.BadNames,
        ["values"] = service.Cache.BadValues,
        ["times"] = service.Cache.BadTimestamps,
    };

    private static string[] Outside(TemporaryFolder folder) => [.. Directory.GetFileSystemEntries(folder.Path).Where(e => e != folder.File("whisper")).Order()];

    private static CarbonOptions Options(TemporaryFolder folder, string more = "")
    {
        CarbonOptions options = CarbonConf.Parse(
            $"[cache]\nLOCAL_DATA_DIR = {folder.File("whisper")}\nPICKLE_RECEIVER_PORT = 0\nCACHE_QUERY_PORT = 0\nCARBON_METRIC_INTERVAL = 0\nWHISPER_SPARSE_CREATE = True\n{more}",
            folder.File("carbon.conf"),
            CarbonProgram.Cache,
            "a");
        return options with { Receivers = [.. options.Receivers.Select(r => r with { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) })] };
    }

    private static async Task SendAsync(CarbonService service, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.EndPoints[0].EndPoint, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }
}
