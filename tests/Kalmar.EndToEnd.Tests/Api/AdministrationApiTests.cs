using System.Net;
using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary>What operators do beyond Calamari's resources, over HTTP; Ceph's own JSON is the judge.</summary>
public sealed class AdministrationApiTests(GatewayClusterFixture fixture, SharedApiHost host) : IClassFixture<SharedApiHost>
{
    private const string MiB = "1048576";

    [Fact]
    public async Task Subvolumes_groups_and_snapshots_are_made_resized_and_removed()
    {
        ApiHost api = await StartAsync();
        string fs = $"{api.C}/fs/cephfs";
        Assert.Equal("active", (await api.GetAsync($"{fs}/status")).GetProperty("mdsmap")[0].GetProperty("state").GetString());
        await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{api.C}/fs/nope/subvolume");
        JsonElement run = await api.ExpectAsync(HttpStatusCode.OK, "POST", $"{fs}/subvolumegroup?dry_run=1", $$"""{"name":"team","size":{{MiB}}}""");
        Assert.Equal("fs subvolumegroup create", run.GetProperty("commands")[0].GetProperty("command").GetProperty("prefix").GetString());
        Assert.Equal(0, (await api.GetAsync($"{fs}/subvolumegroup")).GetArrayLength());

        await api.ChangeAsync("POST", $"{fs}/subvolumegroup", $$"""{"name":"team","size":{{MiB}}}""");
        Assert.Equal("team", (await api.GetAsync($"{fs}/subvolumegroup"))[0].GetProperty("name").GetString());
        await api.ChangeAsync("PATCH", $"{fs}/subvolumegroup/team", """{"size":4194304}""");
        Assert.Equal(4194304, await CephAsync("fs subvolumegroup info cephfs team", j => j.GetProperty("bytes_quota").GetInt64()));

        await api.ChangeAsync("POST", $"{fs}/subvolume", $$"""{"name":"box","group":"team","size":{{MiB}},"mode":"750"}""");
        Assert.Equal(1048576, await CephAsync("fs subvolume info cephfs box team", j => j.GetProperty("bytes_quota").GetInt64()));
        Assert.Equal("box", (await api.GetAsync($"{fs}/subvolume?group=team"))[0].GetProperty("name").GetString());
        Assert.Equal(0, (await api.GetAsync($"{fs}/subvolume")).GetArrayLength());
        await api.ChangeAsync("PATCH", $"{fs}/subvolume/box?group=team", """{"size":"inf"}""");
        Assert.Equal("infinite", (await api.GetAsync($"{fs}/subvolume/box?group=team")).GetProperty("bytes_quota").GetString());
        await api.ChangeAsync("POST", $"{fs}/subvolume/box/snapshot?group=team", """{"name":"monday"}""");
        Assert.Equal("monday", await CephAsync("fs subvolume snapshot ls cephfs box team", j => j[0].GetProperty("name").GetString()));
        Assert.Equal("monday", (await api.GetAsync($"{fs}/subvolume/box/snapshot?group=team"))[0].GetProperty("name").GetString());
        await api.ChangeAsync("DELETE", $"{fs}/subvolume/box/snapshot/monday?group=team");
        await api.ChangeAsync("DELETE", $"{fs}/subvolume/box?group=team");
        await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{fs}/subvolume/box?group=team");
        await api.ChangeAsync("DELETE", $"{fs}/subvolumegroup/team");
        Assert.Equal(0, await CephAsync("fs subvolumegroup ls cephfs", j => j.GetArrayLength()));

        foreach ((string body, string field) in new[] { ("""{"name":"../etc"}""", "name"), ("""{"name":".."}""", "name"), ("""{"name":"x","size":"big"}""", "size"), ("""{"name":"x","group":"a/b"}""", "group_name"), ("{}", "name") })
        {
            Assert.True((await api.ExpectAsync(HttpStatusCode.BadRequest, "POST", $"{fs}/subvolume", body)).TryGetProperty(field, out _), body);
        }

        await api.ExpectAsync(HttpStatusCode.NotFound, "POST", $"{api.C}/fs/nope/subvolume", """{"name":"x"}""");
    }

    [Fact]
    public async Task Image_schedules_are_kept_and_tasks_and_counters_read()
    {
        ApiHost api = await StartAsync();
        await api.ChangeAsync("POST", $"{api.C}/pool", """{"name":"disks","pg_num":4,"application":"rbd"}""");
        long pool = (await api.GetAsync($"{api.C}/pool")).EnumerateArray().Single(p => p.GetProperty("name").GetString() == "disks").GetProperty("id").GetInt64();
        string conf = (await fixture.GetAsync()).ConfPath;
        await RealTool.RunAsync("rbd", "-c", conf, "create", "disks/one", "--size", "4M");
        string purge = $"{api.C}/rbd/trash_purge_schedule";
        await api.ChangeAsync("POST", purge, """{"level":"disks","interval":"1d"}""");
        Assert.Equal("1d", await CephAsync("rbd trash purge schedule list disks/", j => First(j).GetProperty("schedule")[0].GetProperty("interval").GetString()));
        Assert.Equal("disks/", First(await api.GetAsync($"{purge}?level=disks/")).GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Array, (await api.GetAsync($"{purge}/status")).GetProperty("scheduled").ValueKind);
        await api.ChangeAsync("DELETE", $"{purge}?level=disks&interval=1d");
        await api.ChangeAsync("POST", purge, """{"interval":"2d"}""");
        Assert.Equal("", First(await api.GetAsync(purge)).GetProperty("name").GetString());
        await api.ChangeAsync("DELETE", purge);
        Assert.Equal("{}", await CephAsync("rbd trash purge schedule list", j => j.GetRawText()));

        await RealTool.RunAsync("rbd", "-c", conf, "mirror", "pool", "enable", "disks", "image");
        await RealTool.RunAsync("rbd", "-c", conf, "mirror", "image", "enable", "disks/one", "snapshot");
        string mirror = $"{api.C}/rbd/mirror_snapshot_schedule";
        await api.ChangeAsync("POST", mirror, """{"level":"disks/one","interval":"6h"}""");
        Assert.Equal("6h", await CephAsync("rbd mirror snapshot schedule list disks/one", j => First(j).GetProperty("schedule")[0].GetProperty("interval").GetString()));
        Assert.Equal("disks/one", First(await api.GetAsync($"{mirror}?level=disks/one")).GetProperty("name").GetString());
        await api.GetAsync($"{mirror}/status");
        await api.ChangeAsync("DELETE", $"{mirror}?level=disks/one&interval=6h");
        Assert.Equal("{}", await CephAsync("rbd mirror snapshot schedule list disks/one", j => j.GetRawText()));
        await api.ExpectAsync(HttpStatusCode.BadRequest, "GET", $"{mirror}?level=nope");
        await RealTool.RunAsync("rbd", "-c", conf, "mirror", "image", "disable", "disks/one");

        Assert.Equal(JsonValueKind.Array, (await api.GetAsync($"{api.C}/rbd/perf?pool=disks&sort_by=read_ops")).GetProperty("stats").ValueKind);
        await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{api.C}/rbd/perf?pool=nope");
        await api.ChangeAsync("POST", $"{api.C}/rbd/task", """{"task":"remove","image":"disks/one"}""");
        await Eventually.TrueAsync("the image is gone", async () => (await RealTool.RunAsync("rbd", "-c", conf, "ls", "disks")).Trim().Length == 0);
        Assert.Equal(JsonValueKind.Array, (await api.GetAsync($"{api.C}/rbd/task")).ValueKind);
        Assert.Contains("rbd tool", (await api.ExpectAsync(HttpStatusCode.NotImplemented, "GET", $"{api.C}/rbd/image")).GetProperty("detail").GetString(), StringComparison.Ordinal);
        await api.ChangeAsync("DELETE", $"{api.C}/pool/{pool}");
    }

    [Fact]
    public async Task Devices_tell_their_health_and_keep_a_note_of_their_life()
    {
        ApiHost api = await StartAsync();
        Assert.Equal(await CephAsync("device ls", j => j.GetRawText()), (await api.GetAsync($"{api.C}/device")).GetRawText());
        Assert.Equal(await CephAsync("device ls-by-daemon osd.0", j => j.GetRawText()), (await api.GetAsync($"{api.C}/daemon/osd.0/device")).GetRawText());
        await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{api.C}/device/Maker_Model_1");
        await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{api.C}/device/Maker_Model_1/health");
        await api.ChangeAsync("POST", $"{api.C}/device/Maker_Model_1/life_expectancy", """{"from":"2027-01-01","to":"2027-06-01"}""");
        Assert.Contains("2027-01-01", await fixture.CephAsync("config-key", "get", "device/Maker_Model_1"), StringComparison.Ordinal);
        await api.ChangeAsync("DELETE", $"{api.C}/device/Maker_Model_1/life_expectancy");
        Assert.DoesNotContain("2027-01-01", await fixture.CephAsync("config-key", "dump", "device/"), StringComparison.Ordinal);
        await api.ExpectAsync(HttpStatusCode.BadRequest, "POST", $"{api.C}/device/Maker_Model_1/life_expectancy", """{"from":"2027-01-01"}""");
        await api.ChangeAsync("PATCH", $"{api.C}/device_monitoring", """{"enable":false}""");
        Assert.Equal("false", (await fixture.CephAsync("config", "get", "mgr", "mgr/devicehealth/enable_monitoring")).Trim());
        await api.ChangeAsync("PATCH", $"{api.C}/device_monitoring", """{"enable":true}""");
        Assert.Equal(await CephAsync("device ls-lights", j => j.GetRawText()), (await api.GetAsync($"{api.C}/device_light")).GetRawText());
        await api.ExpectAsync(HttpStatusCode.BadRequest, "PATCH", $"{api.C}/device/Maker_Model_1", """{"light":"disco"}""");
    }

    [Fact]
    public async Task Monitors_and_osds_are_asked_before_they_are_stopped_and_elections_chosen()
    {
        ApiHost api = await StartAsync();
        foreach (string question in new[] { "mon/a/ok_to_stop", "mon/a/ok_to_rm", "osd/0/safe_to_destroy" })
        {
            JsonElement no = await api.GetAsync($"{api.C}/{question}");
            Assert.False(no.GetProperty("safe").GetBoolean(), no.GetRawText());
            Assert.NotEqual("", no.GetProperty("reason").GetString());
        }

        Shape.Has(await api.GetAsync($"{api.C}/osd/0/ok_to_stop"), "question safe reason");
        await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{api.C}/mon/z/ok_to_stop");
        await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{api.C}/osd/77/ok_to_stop");
        JsonElement refused = await api.ExpectAsync(HttpStatusCode.Conflict, "DELETE", $"{api.C}/mon/a");
        Assert.Contains("mon ok-to-stop a", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        JsonElement safety = (await api.ExpectAsync(HttpStatusCode.OK, "DELETE", $"{api.C}/mon/a?dry_run=1")).GetProperty("safety");
        Assert.Equal(["mon ok-to-stop a", "mon ok-to-rm a"], safety.EnumerateArray().Select(s => s.GetProperty("question").GetString()));

        Assert.Equal("classic", (await api.GetAsync($"{api.C}/mon_election")).GetProperty("strategy").GetString());
        await api.ChangeAsync("PATCH", $"{api.C}/mon_election", """{"strategy":"disallow"}""");
        Assert.Equal(2, await CephAsync("mon dump", j => j.GetProperty("election_strategy").GetInt32()));
        Assert.Equal("disallow", (await api.GetAsync($"{api.C}/mon_election")).GetProperty("strategy").GetString());
        await api.ChangeAsync("PATCH", $"{api.C}/mon_election", """{"strategy":"classic"}""");
        Assert.Equal(1, await CephAsync("mon dump", j => j.GetProperty("election_strategy").GetInt32()));
        await api.ExpectAsync(HttpStatusCode.BadRequest, "PATCH", $"{api.C}/mon_election", """{"strategy":"dice"}""");
        string id = (await api.ExpectAsync(HttpStatusCode.Accepted, "POST", $"{api.C}/mon/a/disallowed_leader")).GetProperty("request_id").GetString()!;
        Assert.Contains("election mode", (await api.CompleteAsync(id, TimeSpan.FromSeconds(60))).GetProperty("error_message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Placement_group_is_queried_at_the_osd_that_leads_it()
    {
        ApiHost api = await StartAsync();
        long pool = (await api.GetAsync($"{api.C}/pool"))[0].GetProperty("id").GetInt64();
        string pg = $"{pool}.0";
        Assert.Equal(pg, (await api.GetAsync($"{api.C}/pool/{pool}/pg/{pg}")).GetProperty("id").GetString());
        JsonElement told = await api.GetAsync($"{api.C}/pool/{pool}/pg/{pg}/query");
        Assert.Equal(pg, told.GetProperty("info").GetProperty("pgid").GetString());
        Assert.Equal(await CephAsync($"pg {pg} query", j => j.GetProperty("acting").GetRawText()), told.GetProperty("acting").GetRawText());
        foreach (string wrong in new[] { $"{pool}.ffff", "99.0", "x" })
        {
            await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{api.C}/pool/{pool}/pg/{wrong}/query");
        }
    }

    [Fact]
    public async Task Gateways_are_listed_and_their_users_are_refused_with_the_reason()
    {
        ApiHost api = await StartAsync();
        await Eventually.TrueAsync("a gateway is known", async () => (await api.SendAsync("GET", $"{api.C}/rgw")) is (HttpStatusCode.OK, { } list) && list.GetArrayLength() > 0, TimeSpan.FromSeconds(60));
        JsonElement gateway = (await api.GetAsync($"{api.C}/rgw"))[0];
        Shape.Has(gateway, "id gid server addr frontend zone zone_group realm ceph_version since");
        string dump = await CephAsync("service dump", j => j.GetProperty("services").GetProperty("rgw").GetRawText());
        Assert.Contains(gateway.GetProperty("gid").GetString()!, dump, StringComparison.Ordinal);
        Assert.Contains(gateway.GetProperty("frontend").GetString()!, dump, StringComparison.Ordinal);
        Assert.Equal(gateway.GetRawText(), (await api.GetAsync($"{api.C}/rgw/{gateway.GetProperty("id").GetString()}")).GetRawText());
        await api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{api.C}/rgw/nobody");
        foreach (string path in new[] { "rgw/user", "rgw/bucket" })
        {
            Assert.Contains("radosgw-admin", (await api.ExpectAsync(HttpStatusCode.NotImplemented, "GET", $"{api.C}/{path}")).GetProperty("detail").GetString(), StringComparison.Ordinal);
            await api.ExpectAsync(HttpStatusCode.NotImplemented, "POST", $"{api.C}/{path}", """{"uid":"x"}""");
        }
    }

    [Fact]
    public async Task Document_describes_every_address_of_operators()
    {
        ApiHost api = await StartAsync();
        JsonElement paths = (await api.GetAsync("/api/openapi/v2.json")).GetProperty("paths");
        string[] missing =
        [
            .. new[]
            {
                "fs/{name}/subvolume", "fs/{name}/subvolume/{subvolume}/snapshot/{snapshot}", "fs/{name}/subvolumegroup/{group}", "rbd/image", "rbd/perf",
                "rbd/trash_purge_schedule", "rbd/mirror_snapshot_schedule/status", "device/{device}/health", "device/{device}/life_expectancy", "device_monitoring",
                "mon_election", "mon/{name}/ok_to_stop", "mon/{name}/ok_to_rm", "osd/{id}/ok_to_stop", "pool/{id}/pg/{pgid}/query", "rgw", "rgw/user", "rgw/bucket",
            }.Where(p => !paths.TryGetProperty($"/api/v2/cluster/{{fsid}}/{p}", out _)),
        ];
        Assert.True(missing.Length == 0, string.Join(", ", missing));
    }

    private static JsonElement First(JsonElement map) => map.EnumerateObject().First().Value;

    private async Task<ApiHost> StartAsync() => await host.GetAsync(await fixture.GetAsync());

    private async Task<T> CephAsync<T>(string command, Func<JsonElement, T> pick)
    {
        using JsonDocument document = JsonDocument.Parse(await fixture.CephAsync([.. command.Split(' '), "-f", "json"]));
        return pick(document.RootElement);
    }
}
