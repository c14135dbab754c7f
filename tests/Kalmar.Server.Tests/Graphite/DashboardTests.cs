using System.Net;
using System.Text.Json;
using Kalmar.Graphite.Dashboards;
using Kalmar.Graphite.Events;
using Kalmar.Manager.Graphite;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints;
using Kalmar.Testing;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Kalmar.Server.Tests.Graphite;

/// <summary>Dashboards, templates, saved graphs, short links, and that everything outlives a restart.</summary>
public sealed class DashboardTests(PostgresFixture postgres)
{
    private const string State = """{"name":"One","graphs":[["target=servers.web1.cpu",{"target":["servers.web1.cpu"]},"/render?target=servers.web1.cpu"]]}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dashboard_is_saved_found_loaded_and_deleted()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        Assert.Equal("{\"success\":true}", await PostAsync(server, "dashboard/save/My%20Board", State));
        Assert.Equal("{\"success\":true}", await PostAsync(server, "dashboard/save/Other", "{}"));
        Assert.Equal("{\"dashboards\":[{\"name\":\"My Board\"}]}", await server.Client.GetStringAsync("dashboard/find?query=board+my", Stop));
        using JsonDocument loaded = JsonDocument.Parse(await server.Client.GetStringAsync("dashboard/load/My%20Board", Stop));
        Assert.Equal("One", loaded.RootElement.GetProperty("state").GetProperty("name").GetString());
        Assert.Equal("{\"name\":\"temporary-0\"}", await PostAsync(server, "dashboard/create-temporary", "{}"));
        Assert.Equal("{\"name\":\"temporary-1\"}", await PostAsync(server, "dashboard/create-temporary", "{}"));
        Assert.DoesNotContain("temporary", await server.Client.GetStringAsync("dashboard/find", Stop), StringComparison.Ordinal);
        Assert.Equal("{\"success\":true}", await PostAsync(server, "dashboard/delete/Other", ""));
        Assert.Contains("does not exist", await server.Client.GetStringAsync("dashboard/load/Other", Stop), StringComparison.Ordinal);
        using FormUrlEncodedContent wrong = new([new("state", "{")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.PostAsync("dashboard/save/x", wrong, Stop)).StatusCode);
    }

    [Fact]
    public async Task Template_is_filled_with_a_value()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        Assert.Equal("{\"success\":true}", await PostAsync(server, "dashboard/save_template/T/web1", State));
        Assert.Contains("\"T\"", await server.Client.GetStringAsync("dashboard/find_template?query=t", Stop), StringComparison.Ordinal);
        using JsonDocument loaded = JsonDocument.Parse(await server.Client.GetStringAsync("dashboard/load_template/T/we%22b9", Stop));
        JsonElement state = loaded.RootElement.GetProperty("state");
        Assert.Equal("T/we\"b9", state.GetProperty("name").GetString());
        Assert.Equal("servers.we\"b9.cpu", state.GetProperty("graphs")[0][1].GetProperty("target")[0].GetString());
    }

    [Fact]
    public async Task All_is_exported_and_imported()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        await PostAsync(server, "dashboard/save/A", State);
        await server.Client.GetStringAsync("composer/mygraph?action=save&graphName=cpu.all&url=%2Frender%3Ftarget%3Da", Stop);
        string document = await server.Client.GetStringAsync("dashboard/export", Stop);
        await using GraphiteServer other = await GraphiteServer.StartAsync();
        using StringContent body = new(document, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage stored = await other.Client.PostAsync("dashboard/import", body, Stop);
        Assert.Equal("{\"success\":true,\"stored\":2}", await stored.Content.ReadAsStringAsync(Stop));
        Assert.Equal(document, await other.Client.GetStringAsync("dashboard/export", Stop));
        using StringContent broken = new("{\"dashboards\":[{\"name\":\"B\",\"state\":{}},{\"name\":5}]}", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await other.Client.PostAsync("dashboard/import", broken, Stop)).StatusCode);
        Assert.Equal(document, await other.Client.GetStringAsync("dashboard/export", Stop));
    }

    [Fact]
    public async Task Graphs_of_users_are_kept_as_a_tree()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        Assert.Equal("SAVED", await server.Client.GetStringAsync("composer/mygraph?action=save&graphName=web.cpu&url=%2Frender%3Ftarget%3Dservers.web1.cpu%26from%3D-1h", Stop));
        Assert.Equal("SAVED", await server.Client.GetStringAsync("composer/mygraph?action=save&graphName=top&url=%2Frender%3Ftarget%3Da", Stop));
        using JsonDocument tree = JsonDocument.Parse(await server.Client.GetStringAsync("browser/usergraph?path=default", Stop));
        Assert.Equal(["web", "top"], tree.RootElement.EnumerateArray().Select(n => n.GetProperty("text").GetString()!));
        using JsonDocument users = JsonDocument.Parse(await server.Client.GetStringAsync("browser/usergraph?path=", Stop));
        Assert.Equal("default", users.RootElement[0].GetProperty("id").GetString());
        using JsonDocument inner = JsonDocument.Parse(await server.Client.GetStringAsync("browser/mygraph?path=web", Stop));
        Assert.Equal("/render?target=servers.web1.cpu&from=-1h", inner.RootElement[0].GetProperty("graphUrl").GetString());
        using HttpResponseMessage drawn = await server.Client.GetAsync("render/~default/web.cpu?format=json", Stop);
        Assert.Equal("/render?target=servers.web1.cpu&from=-1h&format=json", drawn.Headers.Location?.ToString());
        Assert.Equal("DELETED", await server.Client.GetStringAsync("composer/mygraph?action=delete&graphName=top", Stop));
        Assert.StartsWith("No such graph", await server.Client.GetStringAsync("composer/mygraph?action=delete&graphName=top", Stop), StringComparison.Ordinal);
        Assert.Equal("servers.web1.cpu,servers.web2.cpu", await server.Client.GetStringAsync("browser/search?query=web.%5C.CPU", Stop));
    }

    [Fact]
    public async Task Short_link_leads_back_and_nowhere_else()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        string link = await server.Client.GetStringAsync("s/render/?width=300&target=a.b&_uniq=0.123", Stop);
        Assert.Equal("/S/B", link);
        Assert.Equal(link, await server.Client.GetStringAsync("s/render/?width=300&target=a.b&_uniq=0.999", Stop));
        using HttpResponseMessage followed = await server.Client.GetAsync(link, Stop);
        Assert.Equal((HttpStatusCode.MovedPermanently, "/render/?width=300&target=a.b"), (followed.StatusCode, followed.Headers.Location?.ToString()));
        string away = await server.Client.GetStringAsync("s//evil.example/x", Stop);
        using HttpResponseMessage stays = await server.Client.GetAsync(away, Stop);
        Assert.Equal("/evil.example/x", stays.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("S/zzzz", Stop)).StatusCode);
        Assert.Equal(1_234_567, GraphiteGraphs.Number(GraphiteGraphs.Letters(1_234_567)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_stored_outlives_a_restart(bool inPostgres)
    {
        string folder = Directory.CreateTempSubdirectory("kalmar-graphite-store-").FullName;
        string? connection = null;
        async Task<StateDatabase> DatabaseAsync() => inPostgres
            ? new PostgresDatabase(connection ??= await postgres.CreateDatabaseAsync()) : new SqliteDatabase(Path.Combine(folder, "graphite.db"));
        try
        {
            await using (GraphiteStore store = await GraphiteStore.OpenAsync(await DatabaseAsync(), NullLogger.Instance, Stop))
            {
                Assert.Equal("disk;a=1;z=2", await store.Tags.TagSeriesAsync("disk;z=2;a=1", Stop));
                store.Feed.Announce("fed;a=91");
                store.Feed.Announce("plain");
                await store.Tags.TagSeriesAsync(["load;a=1", "gone;a=2", "load;a=1"], Stop);
                Assert.True(await store.Tags.DeleteSeriesAsync("gone;a=2", Stop));
                await store.Events.AddAsync(new GraphiteEvent(0, 100, "one", ["A_b", "x%"], "data"), Stop);
                await store.Events.AddAsync(new GraphiteEvent(0, 200, "two", ["a_b", "Axb"], ""), Stop);
                await store.Dashboards.SaveAsync(new StoredItem(StoredKind.Dashboard, "", "d", "{}"), Stop);
                await store.Dashboards.SaveAsync(new StoredItem(StoredKind.Dashboard, "", "d", "{\"v\":2}"), Stop);
                Assert.False(await store.Dashboards.TryAddAsync(new StoredItem(StoredKind.Dashboard, "", "d", "{}"), Stop));
                Assert.Equal(1, await store.Dashboards.ShortenAsync("render?a", Stop));
            }

            await using GraphiteStore again = await GraphiteStore.OpenAsync(await DatabaseAsync(), NullLogger.Instance, Stop);
            Assert.Equal(["disk;a=1;z=2", "fed;a=91", "load;a=1"], await again.Tags.FindSeriesAsync(["a=~.*1"], Stop));
            Assert.Equal(["one"], (await again.Events.FindAsync(new EventQuery(Tags: ["A_b"]), Stop)).Select(e => e.What));
            Assert.Equal(["two"], (await again.Events.FindAsync(new EventQuery(150, 200), Stop)).Select(e => e.What));
            Assert.Equal("data", (await again.Events.GetAsync(1, Stop))!.Data);
            Assert.Equal("{\"v\":2}", (await again.Dashboards.GetAsync(StoredKind.Dashboard, "", "d", Stop))!.Content);
            Assert.Equal("render?a", await again.Dashboards.FollowAsync(1, Stop));
            Assert.Equal(1, await again.Dashboards.ShortenAsync("render?a", Stop));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> PostAsync(GraphiteServer server, string path, string state)
    {
        using FormUrlEncodedContent form = new([new("state", state)]);
        using HttpResponseMessage answer = await server.Client.PostAsync(path, form, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
