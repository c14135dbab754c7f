using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Kalmar.Cli.Configuration;
using Kalmar.Cli.Hosting;
using Kalmar.Testing;

namespace Kalmar.Cli.Tests;

/// <summary>The server with its Carbon ports open: what comes in by them is seen at /render.</summary>
public sealed class CarbonPortsTests
{
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Line_sent_by_tcp_is_seen_at_render_and_found_at_once_and_is_in_a_file_after_the_stop()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string?> keys = Keys(folder);
        using var http = new HttpClient();
        (KalmarHost host, _) = await KalmarHost.StartAsync(KalmarConfiguration.Load(null, keys, new Dictionary<string, string>()), TestContext.Current.CancellationToken);
        await using (host)
        {
            string url = host.Addresses[0];
            await SendAsync(keys["carbon:line"]!, $"app..one.hits 5 {Now}\nblocked.x 1 {Now}\nold.name 7 {Now}\napp.two;dc=x 9 {Now}\n");
            await Eventually.TrueAsync("the points came in", () => Task.FromResult(host.Carbon!.Counters.Received == 4));

            // The next question comes while the points are in memory or in their file: the answer is the same.
            Assert.Contains("5.0", await http.GetStringAsync($"{url}/render?target=app.*.hits&from=-2min&format=raw", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("7.0", await http.GetStringAsync($"{url}/render?target=new.name&from=-2min&format=raw", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("9.0", await http.GetStringAsync($"{url}/render?target=app.two%3Bdc%3Dx&from=-2min&format=raw", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Empty(await http.GetStringAsync($"{url}/render?target=blocked.x&from=-2min&format=raw", TestContext.Current.CancellationToken));
            Assert.Contains("\"app.one.hits\"", await http.GetStringAsync($"{url}/metrics/find?query=app.one.*&format=completer", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await SendAsync(keys["carbon:line"]!, $"app.last 3 {Now}\n");
            await Eventually.TrueAsync("the point came in", () => Task.FromResult(host.Carbon!.Counters.Received == 5));
        }

        Assert.True(File.Exists(folder.File("data/whisper/app/one/hits.wsp")));
        Assert.True(File.Exists(folder.File("data/whisper/app/last.wsp")));
        Assert.False(Directory.Exists(folder.File("data/whisper/blocked")));
        Assert.Empty(Directory.GetFiles(folder.File("data/journal"), "*.journal"));
    }

    [Fact]
    public async Task Ceres_tree_is_shown_beside_the_history_and_a_taken_port_is_told()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("ceres/old/one"));
        await File.WriteAllTextAsync(folder.File("ceres/old/one/.ceres-node"), "{\"timeStep\": 60}", TestContext.Current.CancellationToken);
        long start = Now - (Now % 60) - 60;
        await File.WriteAllBytesAsync(folder.File($"ceres/old/one/{start}@60.slice"), Convert.FromHexString("40091eb851eb851f"), TestContext.Current.CancellationToken);
        Dictionary<string, string?> keys = Keys(folder);
        keys["history:ceres"] = folder.File("ceres");
        keys["carbon:enabled"] = "false";
        using var http = new HttpClient();
        (KalmarHost host, _) = await KalmarHost.StartAsync(KalmarConfiguration.Load(null, keys, new Dictionary<string, string>()), TestContext.Current.CancellationToken);
        await using (host)
        {
            Assert.Contains("3.14", await http.GetStringAsync($"{host.Addresses[0]}/render?target=old.*&from=-4min&format=raw", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var taken = new TcpListener(System.Net.IPEndPoint.Parse(keys["carbon:line"]!));
        taken.Start();
        keys["carbon:enabled"] = "true";
        CommandException e = await Assert.ThrowsAsync<CommandException>(
            () => KalmarHost.StartAsync(KalmarConfiguration.Load(null, keys, new Dictionary<string, string>()), TestContext.Current.CancellationToken));
        Assert.Contains(keys["carbon:line"]!, e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unavailable, e.ExitCode);
    }

    private static Dictionary<string, string?> Keys(TemporaryFolder folder)
    {
        IReadOnlyList<int> ports = FreePorts.Take(4);
        File.WriteAllText(folder.File("ceph.conf"), $"[global]\nmon_host = v2:127.0.0.1:{ports[3]}\nauth_client_required = none\n");
        Directory.CreateDirectory(folder.File("rules"));
        File.WriteAllText(folder.File("rules/rewrite-rules.conf"), "[pre]\n^old\\. = new.\n");
        File.WriteAllText(folder.File("rules/blacklist.conf"), "^blocked\\.\n");
        return new Dictionary<string, string?>
        {
            ["listen"] = "http://127.0.0.1:0",
            ["data"] = folder.File("data"),
            ["clusters:0:conf"] = folder.File("ceph.conf"),
            ["history:host"] = "false",
            ["graphite:anonymousRead"] = "true",
            ["carbon:enabled"] = "true",
            ["carbon:line"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports[0]}"),
            ["carbon:pickle"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports[1]}"),
            ["carbon:query"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports[2]}"),
            ["carbon:rules"] = folder.File("rules"),
            ["carbon:journal"] = "true",
        };
    }

    private static async Task SendAsync(string endPoint, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(System.Net.IPEndPoint.Parse(endPoint), TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
    }
}
