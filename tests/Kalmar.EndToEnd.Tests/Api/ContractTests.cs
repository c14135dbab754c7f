using System.Net;
using System.Text.Json;
using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary>Calamari's contract, row by row, against a real cluster: shapes, status codes, and what Ceph itself then says.</summary>
public sealed class ContractTests(CephClusterFixture fixture)
{
    private const string OsdMembers = "uuid up in id reweight server pools valid_commands public_addr cluster_addr crush_node_ancestry backend_partition_path backend_device_node osd_data osd_journal";
    private const string PoolMembers = "name id size pg_num crush_ruleset min_size crash_replay_interval pgp_num hashpspool full quota_max_objects quota_max_bytes type erasure_code_profile";
    private const string RequestMembers = "id state error error_message headline status requested_at completed_at";
    private const string ServerMembers = "fqdn hostname managed last_contact boot_time ceph_version services";

    private ApiHost _api = null!;
    private SandboxCluster _cluster = null!;

    [Fact]
    public async Task Every_row_of_the_contract_holds_against_a_real_cluster()
    {
        _cluster = await fixture.GetAsync();
        await using ApiHost api = await ApiHost.StartAsync(_cluster);
        _api = api;
        List<string> failed = [];
        (string Row, Func<Task> Check)[] rows = [.. Reading(), .. Writing(), .. V1()];
        foreach ((string row, Func<Task> check) in rows)
        {
            try
            {
                await check();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed.Add($"{row}: {e.GetType().Name} {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        string count = $"{rows.Length - failed.Count} of {rows.Length} rows of Calamari's contract hold";
        RunNotes.Write("calamari-contract", count);
        Assert.True(failed.Count == 0, $"{count}\n{string.Join('\n', failed)}");
    }

    private IEnumerable<(string Row, Func<Task> Check)> Reading() =>
    [
        ("info without sign-in", async () =>
        {
            using HttpClient nobody = new() { BaseAddress = _api.Address };
            (HttpStatusCode status, JsonElement info) = await _api.SendAsync("GET", "/api/v2/info", client: nobody);
            Assert.Equal(HttpStatusCode.OK, status);
            Shape.Has(info, "version license registered hostname fqdn ipaddr bootstrap_url bootstrap_rhel bootstrap_ubuntu");
        }),
        ("not signed in: 403", async () =>
        {
            using HttpClient nobody = new() { BaseAddress = _api.Address };
            Assert.Equal(HttpStatusCode.Forbidden, (await _api.SendAsync("GET", $"{_api.C}/osd", client: nobody)).Status);
        }),
        ("trailing slash", async () => await _api.GetAsync($"{_api.C}/pool/")),
        ("user", async () => Shape.EachHas(await _api.GetAsync("/api/v2/user"), "id username email")),
        ("user/me, user/<id>", async () =>
        {
            JsonElement me = await _api.GetAsync("/api/v2/user/me");
            Assert.False(me.TryGetProperty("password", out _));
            Assert.Equal(me.GetRawText(), (await _api.GetAsync($"/api/v2/user/{me.GetProperty("id").GetInt64()}")).GetRawText());
        }),
        ("grains", async () => Shape.Has(await _api.GetAsync("/api/v2/grains"), "lsb_distrib_description osarch kernelrelease num_cpus mem_total")),
        ("server/<fqdn>/grains", async () =>
        {
            Shape.Has(await _api.GetAsync($"/api/v2/server/{await HostAsync()}/grains"), "lsb_distrib_description osarch kernelrelease cpu_model mem_total");
            await _api.ExpectAsync(HttpStatusCode.NotFound, "GET", "/api/v2/server/nowhere/grains");
        }),
        ("key", async () =>
        {
            Assert.Equal(JsonValueKind.Array, (await _api.GetAsync("/api/v2/key")).ValueKind);
            await _api.ExpectAsync(HttpStatusCode.NotFound, "GET", "/api/v2/key/x");
            await _api.ExpectAsync(HttpStatusCode.BadRequest, "PATCH", "/api/v2/key/x", """{"status":"pre"}""");
            await _api.ExpectAsync(HttpStatusCode.NoContent, "PATCH", "/api/v2/key", "[]");
            await _api.ExpectAsync(HttpStatusCode.NoContent, "DELETE", "/api/v2/key", "[]");
        }),
        ("cluster", async () => Shape.EachHas(await _api.GetAsync("/api/v2/cluster"), "update_time id name")),
        ("C", async () =>
        {
            JsonElement one = await _api.GetAsync(_api.C);
            Assert.Equal(await CephJsonAsync("fsid", j => j.GetProperty("fsid").GetString()), one.GetProperty("id").GetString());
            await _api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/v2/cluster/{Guid.NewGuid()}");
        }),
        ("DELETE C: 204", async () => await _api.ExpectAsync(HttpStatusCode.NoContent, "DELETE", _api.C)),
        ("crush_map as text", async () =>
        {
            string text = (await _api.GetAsync($"{_api.C}/crush_map")).GetString()!;
            Assert.StartsWith("# begin crush map", text, StringComparison.Ordinal);
        }),
        ("crush_rule_set", async () => Shape.EachHas(Shape.EachHas(await _api.GetAsync($"{_api.C}/crush_rule_set"), "id rules").GetProperty("rules"), "id name steps")),
        ("crush_rule", async () =>
        {
            JsonElement rule = Shape.EachHas(await _api.GetAsync($"{_api.C}/crush_rule"), "id name ruleset type min_size max_size steps osd_count");
            Assert.Equal(3, rule.GetProperty("osd_count").GetInt32());
            Assert.Equal(
                await CephJsonAsync("osd crush rule dump", j => string.Join(',', j[0].GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("op").GetString()))),
                string.Join(',', rule.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("op").GetString())));
            await _api.GetAsync($"{_api.C}/crush_rule/0");
        }),
        ("crush_node", async () =>
        {
            Shape.EachHas(Shape.EachHas(await _api.GetAsync($"{_api.C}/crush_node"), "bucket_type name id weight alg hash items").GetProperty("items"), "id weight pos");
            Assert.Equal("default", (await _api.GetAsync($"{_api.C}/crush_node/-1")).GetProperty("name").GetString());
        }),
        ("crush_type", async () =>
        {
            Shape.EachHas(await _api.GetAsync($"{_api.C}/crush_type"), "id name");
            Assert.Equal("host", (await _api.GetAsync($"{_api.C}/crush_type/1")).GetProperty("name").GetString());
        }),
        ("pool, ?defaults", async () =>
        {
            Shape.EachHas(await _api.GetAsync($"{_api.C}/pool"), PoolMembers);
            JsonElement defaults = await _api.GetAsync($"{_api.C}/pool?defaults");
            Shape.Has(defaults, PoolMembers);
            Assert.Equal(await CephJsonAsync("tell mon.a config get osd_pool_default_pg_num", j => j.GetProperty("osd_pool_default_pg_num").ToString()), defaults.GetProperty("pg_num").ToString());
        }),
        ("stats", async () => Shape.Has(await _api.GetAsync($"{_api.C}/stats"), "kb num_objects kb_avail kb_used")),
        ("pool/stats", async () => Shape.EachHas(await _api.GetAsync($"{_api.C}/pool/stats"), "name num_objects num_bytes num_kb num_rd num_wr num_rd_kb num_wr_kb num_object_clones num_object_copies num_objects_degraded num_objects_unfound num_objects_missing_on_primary")),
        ("osd", async () =>
        {
            JsonElement osds = await _api.GetAsync($"{_api.C}/osd");
            Shape.EachHas(osds, OsdMembers);
            Assert.Equal(3, osds.GetArrayLength());
            Assert.Equal(
                await CephJsonAsync("osd dump", j => string.Join(',', j.GetProperty("osds").EnumerateArray().Select(o => o.GetProperty("uuid").GetString()))),
                string.Join(',', osds.EnumerateArray().Select(o => o.GetProperty("uuid").GetString())));
            Assert.Equal(1, (await _api.GetAsync($"{_api.C}/osd?id__in[]=2")).GetArrayLength());
            await _api.ExpectAsync(HttpStatusCode.BadRequest, "GET", $"{_api.C}/osd?id__in[]=x");
            await _api.ExpectAsync(HttpStatusCode.BadRequest, "GET", $"{_api.C}/osd?pool=x");
            Shape.Has(await _api.GetAsync($"{_api.C}/osd/0"), OsdMembers);
            await _api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{_api.C}/osd/77");
        }),
        ("osd/command", async () =>
        {
            Assert.Equal("""["scrub","deep_scrub","repair"]""", (await _api.GetAsync($"{_api.C}/osd/command")).GetRawText());
            Assert.Equal("""{"0":{"valid_commands":["scrub","deep_scrub","repair"]}}""", (await _api.GetAsync($"{_api.C}/osd/0/command")).GetRawText());
            Assert.True((await _api.GetAsync($"{_api.C}/osd/0/command/scrub")).GetProperty("valid").GetBoolean());
            await _api.ExpectAsync(HttpStatusCode.Forbidden, "GET", $"{_api.C}/osd/0/command/fly");
            await _api.ExpectAsync(HttpStatusCode.Forbidden, "POST", $"{_api.C}/osd/0/command/fly");
        }),
        ("osd_config", async () => Shape.Has(await _api.GetAsync($"{_api.C}/osd_config"), "pause noup nodown noout noin nobackfill norecover noscrub nodeep-scrub")),
        ("mon", async () =>
        {
            JsonElement mon = Shape.EachHas(await _api.GetAsync($"{_api.C}/mon"), "name rank in_quorum server addr leader");
            string name = mon.GetProperty("name").GetString()!;
            Assert.True(mon.GetProperty("leader").GetBoolean());
            await _api.GetAsync($"{_api.C}/mon/{name}");
            Shape.Has(await _api.GetAsync($"{_api.C}/mon/{name}/status"), "name rank state quorum monmap");
        }),
        ("sync_object", async () =>
        {
            JsonElement types = await _api.GetAsync($"{_api.C}/sync_object");
            Assert.Equal("mds_map,osd_map,mon_map,mon_status,quorum_status,pg_summary,health,config", string.Join(',', types.EnumerateArray().Select(t => t.GetString())));
            foreach (JsonElement type in types.EnumerateArray())
            {
                Assert.Equal(JsonValueKind.Object, (await _api.GetAsync($"{_api.C}/sync_object/{type.GetString()}")).ValueKind);
            }
        }),
        ("server", async () =>
        {
            Shape.EachHas(Shape.EachHas(await _api.GetAsync("/api/v2/server"), ServerMembers).GetProperty("services"), "fsid type id running");
            await _api.GetAsync($"/api/v2/server/{await HostAsync()}");
            await _api.ExpectAsync(HttpStatusCode.NotFound, "GET", "/api/v2/server/nowhere");
            await _api.ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"/api/v2/server/{await HostAsync()}");
        }),
        ("C/server", async () =>
        {
            Shape.EachHas(await _api.GetAsync($"{_api.C}/server"), $"{ServerMembers} frontend_addr backend_addr frontend_iface backend_iface");
            await _api.GetAsync($"{_api.C}/server/{await HostAsync()}");
        }),
        ("config", async () =>
        {
            Shape.EachHas(await _api.GetAsync($"{_api.C}/config"), "key value");
            Assert.Equal(
                await CephJsonAsync("tell mon.a config get mon_max_pool_pg_num", j => j.GetProperty("mon_max_pool_pg_num").ToString()),
                (await _api.GetAsync($"{_api.C}/config/mon_max_pool_pg_num")).GetProperty("value").GetString());
            await _api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{_api.C}/config/no_such_key");
        }),
        ("event, C/event, server/<fqdn>/event", async () =>
        {
            foreach (string path in new[] { "/api/v2/event", $"{_api.C}/event", $"/api/v2/server/{await HostAsync()}/event" })
            {
                Shape.Has(await _api.GetAsync($"{path}?severity=INFO&page=1&page_size=5"), "count next previous results");
                await _api.ExpectAsync(HttpStatusCode.BadRequest, "GET", $"{path}?severity=LOUD");
                await _api.ExpectAsync(HttpStatusCode.BadRequest, "GET", $"{path}?page=0");
                await _api.ExpectAsync(HttpStatusCode.BadRequest, "GET", $"{path}?page=99999");
            }
        }),
        ("C/log", async () =>
        {
            string lines = (await _api.GetAsync($"{_api.C}/log?lines=2")).GetProperty("lines").GetString()!;
            Assert.InRange(lines.Count(c => c == '\n'), 1, 2);
            await _api.ExpectAsync(HttpStatusCode.BadRequest, "GET", $"{_api.C}/log?lines=many");
        }),
        ("server/<fqdn>/log: 503 without an agent", async () =>
        {
            await _api.ExpectAsync(HttpStatusCode.ServiceUnavailable, "GET", $"/api/v2/server/{await HostAsync()}/log");
            await _api.ExpectAsync(HttpStatusCode.ServiceUnavailable, "GET", $"/api/v2/server/{await HostAsync()}/log/ceph/ceph.log");
        }),
        ("debug_job", async () => await _api.ExpectAsync(HttpStatusCode.BadRequest, "POST", $"/api/v2/server/{await HostAsync()}/debug_job", """{"cmd":"rm"}""")),
        ("cli", async () =>
        {
            JsonElement text = await _api.ExpectAsync(HttpStatusCode.OK, "POST", $"{_api.C}/cli", """{"command":"osd pool ls"}""");
            JsonElement list = await _api.ExpectAsync(HttpStatusCode.OK, "POST", $"{_api.C}/cli", """{"command":["osd","pool","ls"]}""");
            Assert.Equal(await fixture.CephAsync("osd", "pool", "ls"), text.GetProperty("out").GetString());
            Assert.Equal(text.GetRawText(), list.GetRawText());
            JsonElement wrong = await _api.ExpectAsync(HttpStatusCode.OK, "POST", $"{_api.C}/cli", """{"command":"osd fly"}""");
            Assert.Equal(22, wrong.GetProperty("status").GetInt32());
            JsonElement refused = await _api.ExpectAsync(HttpStatusCode.OK, "POST", $"{_api.C}/cli", """{"command":"osd pool get nowhere size"}""");
            Assert.Equal(2, refused.GetProperty("status").GetInt32());
            Assert.Contains("nowhere", refused.GetProperty("err").GetString(), StringComparison.Ordinal);
            await _api.ExpectAsync(HttpStatusCode.BadRequest, "POST", $"{_api.C}/cli", "{}");
        }),
    ];

    private IEnumerable<(string Row, Func<Task> Check)> Writing() =>
    [
        ("POST pool: 202, made in Ceph", async () =>
        {
            JsonElement request = await _api.ChangeAsync("POST", $"{_api.C}/pool", """{"name":"contract","pg_num":8}""");
            Shape.Has(request, RequestMembers);
            Assert.Equal("Creating pool 'contract'", request.GetProperty("headline").GetString());
            Assert.Equal(8, await PoolAsync("contract", p => p.GetProperty("pg_num").GetInt32()));
        }),
        ("POST pool: same name 409", async () => await _api.ExpectAsync(HttpStatusCode.Conflict, "POST", $"{_api.C}/pool", """{"name":"contract","pg_num":8}""")),
        ("POST pool: name and pg_num required", async () =>
        {
            JsonElement wrong = await _api.ExpectAsync(HttpStatusCode.BadRequest, "POST", $"{_api.C}/pool", "{}");
            Assert.Equal("Required during POST", wrong.GetProperty("name").GetString());
            Assert.Equal("Required during POST", wrong.GetProperty("pg_num").GetString());
        }),
        ("POST pool: pgp above pg, pg above the limit, unknown rule: 400 names the field", async () =>
        {
            foreach ((string body, string field) in new[]
            {
                ("""{"name":"w","pg_num":8,"pgp_num":9}""", "pgp_num"), ("""{"name":"w","pg_num":999999}""", "pg_num"), ("""{"name":"w","pg_num":8,"crush_ruleset":99}""", "crush_ruleset"),
                ("""{"name":"w","pg_num":8,"colour":"red"}""", "colour"),
            })
            {
                Assert.True((await _api.ExpectAsync(HttpStatusCode.BadRequest, "POST", $"{_api.C}/pool", body)).TryGetProperty(field, out _), body);
            }
        }),
        ("POST pool?dry_run=1: told, not done", async () =>
        {
            JsonElement run = await _api.ExpectAsync(HttpStatusCode.OK, "POST", $"{_api.C}/pool?dry_run=1", """{"name":"never","pg_num":8}""");
            Assert.Equal("osd pool create", run.GetProperty("commands")[0].GetProperty("command").GetProperty("prefix").GetString());
            Assert.DoesNotContain("never", await fixture.CephAsync("osd", "pool", "ls"), StringComparison.Ordinal);
        }),
        ("pool/<id>, stats, pg", async () =>
        {
            int id = await PoolIdAsync();
            Assert.Equal("contract", (await _api.GetAsync($"{_api.C}/pool/{id}")).GetProperty("name").GetString());
            Shape.Has(await _api.GetAsync($"{_api.C}/pool/{id}/stats"), "name num_objects num_bytes");
            JsonElement pgs = await _api.GetAsync($"{_api.C}/pool/{id}/pg");
            Shape.EachHas(pgs, "id pool state up acting up_primary acting_primary");
            Assert.Equal(8, pgs.GetArrayLength());
            Assert.Equal(3, (await _api.GetAsync($"{_api.C}/osd?pool={id}")).GetArrayLength());
            await _api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{_api.C}/pool/9999");
        }),
        ("PATCH pool: 202 and 304", async () =>
        {
            int id = await PoolIdAsync();
            await _api.ChangeAsync("PATCH", $"{_api.C}/pool/{id}", """{"quota_max_objects":1000,"min_size":1}""");
            Assert.Equal(1000, await PoolAsync("contract", p => p.GetProperty("quota_max_objects").GetInt32()));
            await _api.ExpectAsync(HttpStatusCode.NotModified, "PATCH", $"{_api.C}/pool/{id}", """{"quota_max_objects":1000}""");
            await _api.ChangeAsync("PATCH", $"{_api.C}/pool/{id}", """{"name":"contract2"}""");
            Assert.Contains("contract2", await fixture.CephAsync("osd", "pool", "ls"), StringComparison.Ordinal);
            await _api.ChangeAsync("PATCH", $"{_api.C}/pool/{id}", """{"name":"contract"}""");
        }),
        ("pg command", async () =>
        {
            int id = await PoolIdAsync();
            string before = await PgAsync($"{id}.1", p => p.GetProperty("last_deep_scrub_stamp").GetString()!);
            JsonElement request = await _api.ChangeAsync("POST", $"{_api.C}/pool/{id}/pg/{id}.1/command/deep_scrub");
            Assert.Equal($"Initiating deep-scrub on ceph-pg{id}.1", request.GetProperty("headline").GetString());
            await Eventually.TrueAsync("the placement group is scrubbed", async () => await PgAsync($"{id}.1", p => p.GetProperty("last_deep_scrub_stamp").GetString()!) != before, TimeSpan.FromSeconds(60));
        }),
        ("DELETE pool", async () =>
        {
            await _api.ChangeAsync("DELETE", $"{_api.C}/pool/{await PoolIdAsync()}");
            Assert.DoesNotContain("contract", await fixture.CephAsync("osd", "pool", "ls"), StringComparison.Ordinal);
        }),
        ("PATCH osd in, reweight: 202 and 304", async () =>
        {
            await _api.ChangeAsync("PATCH", $"{_api.C}/osd/2", """{"in":false}""");
            Assert.Equal(0, await OsdAsync(2, o => o.GetProperty("in").GetInt32()));
            await _api.ExpectAsync(HttpStatusCode.NotModified, "PATCH", $"{_api.C}/osd/2", """{"in":false}""");
            await _api.ChangeAsync("PATCH", $"{_api.C}/osd/2", """{"in":true}""");
            JsonElement request = await _api.ChangeAsync("PATCH", $"{_api.C}/osd/2", """{"reweight":0.5}""");
            Assert.Equal("Re-weighting ceph-osd.2 to 50.0%", request.GetProperty("headline").GetString());
            Assert.Equal(0.5, await OsdAsync(2, o => o.GetProperty("weight").GetDouble()), 3);
            await _api.ChangeAsync("PATCH", $"{_api.C}/osd/2", """{"reweight":1.0}""");
        }),
        ("PATCH osd up on a down one: 400", async () =>
        {
            await _cluster.KillAsync("osd.2", TestContext.Current.CancellationToken);
            try
            {
                await Eventually.TrueAsync("osd.2 is down", async () => !(await _api.GetAsync($"{_api.C}/osd/2")).GetProperty("up").GetBoolean(), TimeSpan.FromSeconds(60));
                await _api.ExpectAsync(HttpStatusCode.BadRequest, "PATCH", $"{_api.C}/osd/2", """{"up":true}""");
                Assert.Equal("{}", (await _api.GetAsync($"{_api.C}/osd/2/command")).GetRawText());
                Assert.False((await _api.GetAsync($"{_api.C}/osd/2/command/scrub")).GetProperty("valid").GetBoolean());
            }
            finally
            {
                await _cluster.ReviveAsync("osd.2", TestContext.Current.CancellationToken);
            }

            await Eventually.TrueAsync("osd.2 is up", async () => (await _api.GetAsync($"{_api.C}/osd/2")).GetProperty("up").GetBoolean(), TimeSpan.FromSeconds(60));
        }),
        ("POST osd command", async () =>
            Assert.Equal("Initiating scrub on ceph-osd.0", (await _api.ChangeAsync("POST", $"{_api.C}/osd/0/command/scrub")).GetProperty("headline").GetString())),
        ("PATCH osd_config: 202, 304, 403", async () =>
        {
            await _api.ChangeAsync("PATCH", $"{_api.C}/osd_config", """{"noscrub":true,"noout":true}""");
            Assert.Contains("noscrub", await CephJsonAsync("osd dump", j => j.GetProperty("flags").GetString()), StringComparison.Ordinal);
            await _api.ExpectAsync(HttpStatusCode.NotModified, "PATCH", $"{_api.C}/osd_config", """{"noout":true}""");
            await _api.ExpectAsync(HttpStatusCode.Forbidden, "PATCH", $"{_api.C}/osd_config", """{"nofun":true}""");
            await _api.ChangeAsync("PATCH", $"{_api.C}/osd_config", """{"noscrub":false,"noout":false}""");
            Assert.DoesNotContain("noscrub", await CephJsonAsync("osd dump", j => j.GetProperty("flags").GetString()), StringComparison.Ordinal);
        }),
        ("crush_rule POST, PATCH, DELETE", async () =>
        {
            await _api.ChangeAsync("POST", $"{_api.C}/crush_rule", """{"name":"contract_rule","type":"replicated","min_size":1,"max_size":10,"steps":[{"op":"take","item_name":"default"},{"op":"choose_firstn","num":0,"type":"osd"},{"op":"emit"}]}""");
            int id = await CephJsonAsync("osd crush rule dump contract_rule", j => j.GetProperty("rule_id").GetInt32());
            await _api.ChangeAsync("PATCH", $"{_api.C}/crush_rule/{id}", """{"name":"contract_rule2"}""");
            Assert.Contains("contract_rule2", await fixture.CephAsync("osd", "crush", "rule", "ls"), StringComparison.Ordinal);
            await _api.ChangeAsync("DELETE", $"{_api.C}/crush_rule/{id}");
            Assert.DoesNotContain("contract_rule", await fixture.CephAsync("osd", "crush", "rule", "ls"), StringComparison.Ordinal);
        }),
        ("crush_node POST, PATCH, DELETE, 404, 409", async () =>
        {
            await _api.ChangeAsync("POST", $"{_api.C}/crush_node", """{"name":"contract_rack","bucket_type":"rack"}""");
            int id = await CephJsonAsync("osd crush dump", j => j.GetProperty("buckets").EnumerateArray().Single(b => b.GetProperty("name").GetString() == "contract_rack").GetProperty("id").GetInt32());
            await _api.ChangeAsync("PATCH", $"{_api.C}/crush_node/{id}", """{"name":"contract_rack2"}""");
            await _api.ExpectAsync(HttpStatusCode.NotFound, "PATCH", $"{_api.C}/crush_node/{id}", """{"items":[{"id":-77,"weight":1,"pos":0}]}""");
            await _api.ExpectAsync(HttpStatusCode.Conflict, "DELETE", $"{_api.C}/crush_node/-1");
            await _api.ChangeAsync("DELETE", $"{_api.C}/crush_node/{id}");
            Assert.DoesNotContain("contract_rack", await fixture.CephAsync("osd", "crush", "dump"), StringComparison.Ordinal);
        }),
        ("crush_map POST: a weight changes; a mistake is told by line and column and nothing changes", async () =>
        {
            string text = (await _api.GetAsync($"{_api.C}/crush_map")).GetString()!;
            int at = text.IndexOf("item osd.0 weight ", StringComparison.Ordinal);
            int end = text.IndexOf('\n', at);
            string changed = $"{text[..at]}item osd.0 weight 0.500{text[end..]}";
            await _api.ChangeAsync("POST", $"{_api.C}/crush_map", changed, HttpStatusCode.OK, "text/plain");
            Assert.Equal(0.5, await CephJsonAsync("osd tree", j => j.GetProperty("nodes").EnumerateArray().First(n => n.GetProperty("name").GetString() == "osd.0").GetProperty("crush_weight").GetDouble()), 2);
            int epoch = await CephJsonAsync("osd dump", j => j.GetProperty("epoch").GetInt32());
            JsonElement wrong = await _api.ExpectAsync(HttpStatusCode.BadRequest, "POST", $"{_api.C}/crush_map", text[..at] + "item osd.0 wait 1.0" + text[end..], "text/plain");
            Assert.Equal(text[..at].Count(c => c == '\n') + 1, wrong.GetProperty("line").GetInt32());
            Assert.True(wrong.GetProperty("column").GetInt32() > 1);
            Assert.Equal(epoch, await CephJsonAsync("osd dump", j => j.GetProperty("epoch").GetInt32()));
            await _api.ChangeAsync("POST", $"{_api.C}/crush_map", text, HttpStatusCode.OK, "text/plain");
        }),
        ("request lists", async () =>
        {
            foreach (string path in new[] { "/api/v2/request", $"{_api.C}/request" })
            {
                JsonElement page = await _api.GetAsync($"{path}?state=complete&page_size=2");
                Shape.EachHas(page.GetProperty("results"), RequestMembers);
                Assert.Equal(2, page.GetProperty("results").GetArrayLength());
                Assert.True(page.GetProperty("count").GetInt32() > 10);
                JsonElement next = await _api.GetAsync(page.GetProperty("next").GetString()!);
                Assert.NotEqual(page.GetProperty("results")[0].GetRawText(), next.GetProperty("results")[0].GetRawText());
                await _api.ExpectAsync(HttpStatusCode.BadRequest, "GET", $"{path}?state=odd");
            }

            await _api.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/v2/request/{Guid.NewGuid()}");
        }),
        ("request cancel: idempotent", async () =>
        {
            string id = (await _api.ExpectAsync(HttpStatusCode.Accepted, "POST", $"{_api.C}/pool", """{"name":"cancelled","pg_num":32}""")).GetProperty("request_id").GetString()!;
            await _api.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v2/request/{id}/cancel", "{}");
            JsonElement again = await _api.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v2/request/{id}/cancel", "{}");
            Assert.Equal("complete", again.GetProperty("state").GetString());
            Assert.Contains(again.GetProperty("error_message").GetString(), new[] { "Cancelled", "" });
            JsonElement[] left = [.. (await _api.GetAsync($"{_api.C}/pool")).EnumerateArray().Where(p => p.GetProperty("name").GetString() == "cancelled")];
            foreach (JsonElement pool in left)
            {
                await _api.ChangeAsync("DELETE", $"{_api.C}/pool/{pool.GetProperty("id").GetInt64()}");
            }
        }),
        ("events of requests", async () =>
        {
            JsonElement events = await _api.GetAsync($"{_api.C}/event?page_size=100");
            JsonElement[] all = [.. events.GetProperty("results").EnumerateArray()];
            Shape.Has(all[0], "when severity message");
            Assert.Contains(all, e => e.GetProperty("message").GetString() == "Succeeded: Creating pool 'contract'");
        }),
        ("config database, cephx users, profiles", async () =>
        {
            await _api.ChangeAsync("POST", $"{_api.C}/config_db", """{"who":"osd","name":"osd_max_backfills","value":"3"}""");
            Assert.Equal("3", await CephJsonAsync("config get osd osd_max_backfills", j => j.ToString()));
            await _api.ChangeAsync("DELETE", $"{_api.C}/config_db/osd/osd_max_backfills");
            JsonElement made = await _api.ChangeAsync("POST", $"{_api.C}/auth_user", """{"entity":"client.contract","caps":{"mon":"allow r"}}""");
            string output = (await _api.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v2/request/{made.GetProperty("id").GetString()}/output", "{}")).GetRawText();
            string? key = await CephJsonAsync("auth get client.contract", j => j[0].GetProperty("key").GetString());
            Assert.Contains(key!, output, StringComparison.Ordinal);
            await _api.ExpectAsync(HttpStatusCode.NotFound, "POST", $"/api/v2/request/{made.GetProperty("id").GetString()}/output", "{}");
            Assert.DoesNotContain(key!, (await _api.GetAsync($"{_api.C}/auth_user")).GetRawText(), StringComparison.Ordinal);
            await _api.ChangeAsync("DELETE", $"{_api.C}/auth_user/client.contract");
            await _api.ChangeAsync("POST", $"{_api.C}/erasure_code_profile", """{"name":"contract","values":{"k":"2","m":"1","crush-failure-domain":"osd"}}""");
            Assert.Contains("contract", await fixture.CephAsync("osd", "erasure-code-profile", "ls"), StringComparison.Ordinal);
            await _api.ChangeAsync("DELETE", $"{_api.C}/erasure_code_profile/contract");
        }),
    ];

    private IEnumerable<(string Row, Func<Task> Check)> V1() =>
    [
        ("v1 user, info", async () =>
        {
            await _api.GetAsync("/api/v1/user");
            await _api.GetAsync("/api/v1/user/me");
            await _api.GetAsync("/api/v1/info");
        }),
        ("v1 cluster", async () =>
        {
            Shape.EachHas(await _api.GetAsync("/api/v1/cluster"), "cluster_update_time cluster_update_time_unix id name");
            Shape.Has(await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}"), "cluster_update_time cluster_update_time_unix id name");
        }),
        ("v1 health", async () => Shape.Has((await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/health")).GetProperty("report"), "overall_status summary")),
        ("v1 health_counters", async () =>
        {
            JsonElement counters = await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/health_counters");
            foreach (string kind in new[] { "pg", "mon", "osd" })
            {
                foreach (string level in new[] { "ok", "warn", "critical" })
                {
                    Shape.Has(counters.GetProperty(kind).GetProperty(level), "count states");
                }
            }

            Shape.Has(counters.GetProperty("mds"), "total up_in up_not_in not_up_not_in");
        }),
        ("v1 space", async () => Shape.Has((await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/space")).GetProperty("space"), "used_bytes capacity_bytes free_bytes")),
        ("v1 osd", async () =>
        {
            JsonElement answer = await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/osd");
            JsonElement osd = Shape.EachHas(answer.GetProperty("osds"), "uuid up in up_from public_addr cluster_addr heartbeat_back_addr heartbeat_front_addr id osd pg_states pools fqdn host");
            Assert.Equal(JsonValueKind.Number, osd.GetProperty("up").ValueKind);
            Assert.True(answer.GetProperty("pg_state_counts").EnumerateObject().Any());
            Assert.Equal(0, (await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/osd?pg_states=incomplete")).GetProperty("osds").GetArrayLength());
            Shape.Has((await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/osd/0")).GetProperty("osd"), "osd uuid up in weight");
        }),
        ("v1 pool", async () =>
        {
            JsonElement pool = Shape.EachHas(await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/pool"), "id cluster pool_id name quota_max_bytes quota_max_objects used_objects used_bytes");
            await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/pool/{pool.GetProperty("id").GetInt64()}");
        }),
        ("v1 server", async () => Shape.EachHas(Shape.EachHas(await _api.GetAsync($"/api/v1/cluster/{_api.Fsid}/server"), "addr hostname name services").GetProperty("services"), "type service_id name")),
        ("OpenAPI documents", async () =>
        {
            JsonElement v2 = await _api.GetAsync("/api/openapi/v2.json");
            Assert.True(v2.GetProperty("paths").EnumerateObject().Count() > 60);
            Assert.True((await _api.GetAsync("/api/openapi/v1.json")).GetProperty("paths").EnumerateObject().Count() > 10);
        }),
    ];

    private async Task<string> HostAsync() => (await _api.GetAsync("/api/v2/server"))[0].GetProperty("fqdn").GetString()!;

    private Task<int> PoolIdAsync() => PoolAsync("contract", p => p.GetProperty("pool").GetInt32());

    private async Task<T> CephJsonAsync<T>(string command, Func<JsonElement, T> pick)
    {
        using JsonDocument document = JsonDocument.Parse(await fixture.CephAsync([.. command.Split(' '), "-f", "json"]));
        return pick(document.RootElement);
    }

    private Task<T> PoolAsync<T>(string name, Func<JsonElement, T> pick) =>
        CephJsonAsync("osd dump", j => pick(j.GetProperty("pools").EnumerateArray().Single(p => p.GetProperty("pool_name").GetString() == name)));

    private Task<T> OsdAsync<T>(int id, Func<JsonElement, T> pick) =>
        CephJsonAsync("osd dump", j => pick(j.GetProperty("osds").EnumerateArray().Single(o => o.GetProperty("osd").GetInt32() == id)));

    private Task<T> PgAsync<T>(string id, Func<JsonElement, T> pick) =>
        CephJsonAsync("pg dump pgs", j => pick(j.GetProperty("pg_stats").EnumerateArray().Single(p => p.GetProperty("pgid").GetString() == id)));
}
