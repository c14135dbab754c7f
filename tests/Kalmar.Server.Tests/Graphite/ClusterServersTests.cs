using System.Text.Json;
using Kalmar.Graphite.Tests.Oracle;

namespace Kalmar.Server.Tests.Graphite;

/// <summary>Kalmar below the real graphite-web, as one of its CLUSTER_SERVERS: it finds and draws our metrics beside its own.</summary>
public sealed class ClusterServersTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?format=msgpack")]
    public async Task Real_graphite_web_reads_our_metrics(string form)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        await using GraphiteWebFixture web = new() { ExtraSettings = $"CLUSTER_SERVERS = ['127.0.0.1:{server.Client.BaseAddress!.Port}{form}']\n" };
        HttpClient client = await web.StartAsync();

        // Names of both sides, and series that only we have.
        using JsonDocument found = JsonDocument.Parse(await client.GetStringAsync("metrics/find?query=servers.*.cpu&format=completer", stop));
        Assert.Equal(
            ["servers.web1.cpu", "servers.web1.cpu.", "servers.web2.cpu", "servers.web2.cpu.", "servers.web3.cpu.", "servers.web4.cpu."],
            found.RootElement.GetProperty("metrics").EnumerateArray().Select(m => m.GetProperty("path").GetString()!).Order(StringComparer.Ordinal));
        string query = "render?target=sumSeries(servers.web*.cpu)&target=movingAverage(servers.web1.net,5)&from=-1h&format=json&noCache=1";
        using JsonDocument theirs = JsonDocument.Parse(await client.GetStringAsync(query + "&now=" + GraphiteServer.Now, stop));
        Assert.Equal(2, theirs.RootElement.GetArrayLength());
        JsonElement sum = theirs.RootElement[0].GetProperty("datapoints");
        Assert.True(sum.GetArrayLength() is 60 or 61);
        Assert.Equal(2, sum[sum.GetArrayLength() - 2][0].GetDouble());

        // Tags of both sides.
        string[] values = JsonSerializer.Deserialize<string[]>(await client.GetStringAsync("tags/autoComplete/values?tag=server&expr=name%3Ddisk.used", stop))!;
        Assert.Equal(["web01", "web02", "web03", "web04"], values);
        using JsonDocument tagged = JsonDocument.Parse(await client.GetStringAsync("render?target=seriesByTag('name=disk.used','datacenter=','rack=b2')&from=-1h&format=json&noCache=1", stop));
        Assert.Equal("disk.used;rack=b2;server=web02", Assert.Single(tagged.RootElement.EnumerateArray()).GetProperty("target").GetString());
        using HttpResponseMessage picture = await client.GetAsync("render?target=servers.web*.cpu&from=-1h", stop);
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);

        string names = await client.GetStringAsync("metrics/index.json?cluster=1", stop);
        Assert.Contains("\"servers.web1.net\"", names, StringComparison.Ordinal);
    }
}
