using System.Net;
using System.Text.Json;
using Kalmar.Server.Tests.Hosting;

namespace Kalmar.Server.Tests;

public sealed class StatusApiTests
{
    private const string Status = "/api/kalmar/v1/clusters/" + Samples.Fsid + "/status";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_has_values_epochs_ages_and_sources()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Clusters.Set(Samples.Ailing(server.Time.GetUtcNow()));
        JsonElement status = await GetAsync(server, Status);
        Assert.Equal(Samples.Fsid, status.GetProperty("fsid").GetString());
        Assert.Equal("connected", status.GetProperty("contact").GetProperty("state").GetString());
        JsonElement health = status.GetProperty("health").GetProperty("value");
        Assert.Equal("HEALTH_WARN", health.GetProperty("status").GetString());
        Assert.Equal("OSD_DOWN", health.GetProperty("checks")[0].GetProperty("code").GetString());
        Assert.True(health.GetProperty("checks")[3].GetProperty("muted").GetBoolean());
        JsonElement osdmap = status.GetProperty("osdmap");
        Assert.Equal((6, 5, 5), (Number(osdmap, "num_osds"), Number(osdmap, "num_up_osds"), Number(osdmap, "num_in_osds")));
        Assert.Equal(43, osdmap.GetProperty("epoch").GetInt32());
        Assert.Equal(20, osdmap.GetProperty("age_seconds").GetDouble());
        Assert.Equal("mon.a osdmap", osdmap.GetProperty("source").GetString());
        Assert.False(osdmap.GetProperty("stale").GetBoolean());
        Assert.Equal(31, status.GetProperty("pgs").GetProperty("value").GetProperty("by_state").GetProperty("active+undersized+degraded").GetInt32());
    }

    [Fact]
    public async Task Status_after_the_quorum_is_lost_is_stale()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Clusters.Set(Samples.QuorumLost(server.Time.GetUtcNow()));
        JsonElement status = await GetAsync(server, Status);
        Assert.Equal("quorum_lost", status.GetProperty("contact").GetProperty("state").GetString());
        foreach (string part in (string[])["health", "quorum", "monmap", "mgrmap", "osdmap", "pgs", "capacity", "io"])
        {
            Assert.True(status.GetProperty(part).GetProperty("stale").GetBoolean(), part);
        }
    }

    [Fact]
    public async Task Status_of_a_cluster_that_never_answered_has_nulls()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Clusters.Set(Samples.Refused(server.Time.GetUtcNow()));
        JsonElement all = await GetAsync(server, "/api/kalmar/v1/clusters");
        Assert.Equal("refused", all[0].GetProperty("contact").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, all[0].GetProperty("health").ValueKind);
        Assert.Equal(JsonValueKind.Null, all[0].GetProperty("fsid").ValueKind);
    }

    [Fact]
    public async Task Unknown_cluster_is_404_with_problem_details()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        HttpResponseMessage answer = await client.GetAsync("/api/kalmar/v1/clusters/00000000-0000-0000-0000-000000000001/status", Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private static int Number(JsonElement part, string name) => part.GetProperty("value").GetProperty(name).GetInt32();

    private static async Task<JsonElement> GetAsync(ServerUnderTest server, string address)
    {
        using HttpClient client = await server.SignedInAsync();
        return JsonDocument.Parse(await client.GetStringAsync(address, Token)).RootElement;
    }
}
