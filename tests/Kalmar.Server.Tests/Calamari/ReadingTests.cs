using System.Net;
using System.Text.Json;
using Kalmar.Server.Tests.Hosting;

namespace Kalmar.Server.Tests.Calamari;

/// <summary>What the reading side makes of a snapshot. The contract as a whole is tested against a real cluster, end to end.</summary>
public sealed class ReadingTests
{
    private const string C = $"/api/v2/cluster/{Samples.Fsid}";
    private const string C1 = $"/api/v1/cluster/{Samples.Fsid}";

    [Fact]
    public async Task Osd_list_has_an_etag_with_the_epoch_and_is_not_sent_twice()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        (_, JsonElement osds, HttpResponseMessage first) = await client.SendAsync("GET", $"{C}/osd");
        Assert.Equal(6, osds.GetArrayLength());
        string tag = first.Headers.ETag!.Tag;
        Assert.StartsWith("\"42-", tag, StringComparison.Ordinal);
        Assert.Equal("42", first.Headers.GetValues("X-Kalmar-Epoch").Single());
        Assert.Equal("false", first.Headers.GetValues("X-Kalmar-Stale").Single());

        (HttpStatusCode status, _, _) = await client.SendAsync("GET", $"{C}/osd", change: r => r.Headers.Add("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, status);

        server.Clusters.Set(Samples.Ailing(server.Clock.GetUtcNow()));
        (status, osds, HttpResponseMessage next) = await client.SendAsync("GET", $"{C}/osd", change: r => r.Headers.Add("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("\"43-", next.Headers.ETag!.Tag, StringComparison.Ordinal);
        Assert.False(osds[4].GetProperty("up").GetBoolean());
        Assert.Equal(0, osds[4].GetProperty("valid_commands").GetArrayLength());
    }

    [Fact]
    public async Task Osd_list_has_the_same_members_as_each_OSD_alone()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        foreach (JsonElement osd in (await client.GetAsync($"{C}/osd")).EnumerateArray())
        {
            Assert.Equal(osd.GetRawText(), (await client.GetAsync($"{C}/osd/{osd.GetProperty("id").GetInt32()}")).GetRawText());
        }
    }

    [Fact]
    public async Task Osd_list_can_be_filtered_and_a_bad_filter_is_named()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        JsonElement some = await client.GetAsync($"{C}/osd?id__in[]=1&id__in[]=3");
        Assert.Equal([1, 3], some.EnumerateArray().Select(o => o.GetProperty("id").GetInt32()));
        (HttpStatusCode status, JsonElement body, _) = await client.SendAsync("GET", $"{C}/osd?id__in[]=x");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(body.TryGetProperty("id__in[]", out _));
        (status, body, _) = await client.SendAsync("GET", $"{C}/osd?pool=rbd");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(body.TryGetProperty("pool", out _));
    }

    [Fact]
    public async Task What_is_stale_says_so()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        server.Clusters.Set(Samples.QuorumLost(server.Clock.GetUtcNow()));
        (HttpStatusCode status, _, HttpResponseMessage answer) = await client.SendAsync("GET", $"{C}/pool");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("true", answer.Headers.GetValues("X-Kalmar-Stale").Single());
    }

    [Fact]
    public async Task What_is_not_known_yet_gets_503_that_says_why()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        server.Clusters.Set(Samples.Refused(server.Clock.GetUtcNow()) with { Id = Samples.Id });
        (HttpStatusCode status, JsonElement body, _) = await client.SendAsync("GET", $"{C}/pool");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("key of client.kalmar is wrong", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (status, body, _) = await client.SendAsync("GET", $"{C1}/osd");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("[]", body.GetRawText());
    }

    [Fact]
    public async Task What_is_not_there_gets_404_with_a_bare_text()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        string[] paths =
        [
            "/api/v2/cluster/00000000-0000-0000-0000-000000000000", "/api/v2/cluster/nonsense/osd", $"{C}/osd/99", $"{C}/pool/99", $"{C}/crush_node/99", $"{C}/crush_rule/99",
            $"{C}/crush_type/99", $"{C}/mon/zz", $"{C}/sync_object/zz", "/api/v2/server/nowhere", "/api/v2/server/nowhere/grains", "/api/v2/key/nowhere", "/api/v2/user/99",
        ];
        foreach (string path in paths)
        {
            (HttpStatusCode status, JsonElement body, _) = await client.SendAsync("GET", path);
            Assert.True(status == HttpStatusCode.NotFound && body.ValueKind == JsonValueKind.String, $"{path}: {(int)status} {body}");
        }
    }

    [Fact]
    public async Task V1_health_has_the_members_that_the_dashboard_looks_for()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        server.Clusters.Set(Samples.Ailing(server.Clock.GetUtcNow()));
        JsonElement health = await client.GetAsync($"{C1}/health");
        JsonElement report = health.GetProperty("report");
        Assert.Equal("HEALTH_WARN", report.GetProperty("overall_status").GetString());
        Assert.Equal(["1 osds down", "Degraded data redundancy: 812/4871 objects degraded (16.670%), 31 pgs degraded", "clock skew detected on mon.c"],
            report.GetProperty("summary").EnumerateArray().Select(s => s.GetProperty("summary").GetString()!));
        Assert.True(health.GetProperty("cluster_update_time_unix").GetInt64() > 1_000_000_000_000);

        JsonElement counters = await client.GetAsync($"{C1}/health_counters");
        Assert.Equal(60, counters.GetProperty("pg").GetProperty("ok").GetProperty("count").GetInt64());
        Assert.Equal(35, counters.GetProperty("pg").GetProperty("warn").GetProperty("count").GetInt64());
        Assert.Equal(2, counters.GetProperty("pg").GetProperty("critical").GetProperty("count").GetInt64());
        Assert.Equal(4, counters.GetProperty("osd").GetProperty("ok").GetProperty("count").GetInt64());
        Assert.Equal(1, counters.GetProperty("osd").GetProperty("warn").GetProperty("states").GetProperty("down/in").GetInt64());
        Assert.Equal(2, counters.GetProperty("mon").GetProperty("ok").GetProperty("count").GetInt64());
        Assert.Equal(1, counters.GetProperty("mds").GetProperty("up_in").GetInt32());
    }

    [Fact]
    public async Task Users_are_made_changed_and_removed_by_superusers_only()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient admin = await ApiClient.AdministratorAsync(server);
        (HttpStatusCode status, JsonElement made, _) = await admin.SendAsync("POST", "/api/v2/user", """{"username":"carol","password":"a long password","email":"c@example.org","role":"read/write"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(["id", "username", "email", "role"], made.EnumerateObject().Select(p => p.Name));
        long id = made.GetProperty("id").GetInt64();
        (status, _, _) = await admin.SendAsync("POST", "/api/v2/user", """{"username":"Carol","password":"a long password"}""");
        Assert.Equal(HttpStatusCode.Conflict, status);
        (status, JsonElement wrong, _) = await admin.SendAsync("POST", "/api/v2/user", """{"password":"short","role":"king","shoe":1}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["password", "role", "shoe", "username"], wrong.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));

        using ApiClient carol = await ApiClient.SignInAsync(server, "carol", "a long password");
        (status, _, _) = await carol.SendAsync("PATCH", "/api/v2/user/1", """{"email":"x@example.org"}""");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        (status, _, _) = await carol.SendAsync("PATCH", "/api/v2/user/me", """{"role":"superuser"}""");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        (status, JsonElement me, _) = await carol.SendAsync("PUT", "/api/v1/user/me", """{"email":"carol@example.org","password":"an even longer one"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("carol@example.org", me.GetProperty("email").GetString());
        (status, _, _) = await carol.SendAsync("GET", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.OK, status);

        (status, _, _) = await admin.SendAsync("DELETE", $"/api/v2/user/{id}");
        Assert.Equal(HttpStatusCode.NoContent, status);
        (status, _, _) = await carol.SendAsync("GET", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        (status, _, _) = await admin.SendAsync("DELETE", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.Conflict, status);
    }
}
