using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Kalmar.Server.Tests.Graphite;

/// <summary>
/// The requests that Grafana's Graphite data source sends, in its own forms, and the shapes of answers that it reads: version, functions, find by
/// POST, expand, render by POST with maxDataPoints, tags and events.
/// </summary>
public sealed class GrafanaTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Version_is_a_plain_number_of_graphites()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        Assert.Equal("1.1.10", await server.Client.GetStringAsync("version", Stop));
        Assert.Equal("1.1.10", await server.Client.GetStringAsync("version/", Stop));
    }

    [Fact]
    public async Task Functions_are_described_by_name_with_typed_parameters()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        using JsonDocument answer = JsonDocument.Parse(await server.Client.GetStringAsync("functions", Stop));
        Assert.True(answer.RootElement.EnumerateObject().Count() >= 150);
        JsonElement summarize = answer.RootElement.GetProperty("summarize");
        Assert.Equal("Transform", summarize.GetProperty("group").GetString());
        Assert.Equal(["seriesList", "intervalString", "func", "alignToFrom"], summarize.GetProperty("params").EnumerateArray().Select(p => p.GetProperty("name").GetString()!));
        Assert.Contains(summarize.GetProperty("params")[2].GetProperty("options").EnumerateArray(), o => o.ToString() == "sum");
    }

    [Fact]
    public async Task Names_are_found_by_post()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        using JsonDocument answer = await PostAsync(server, "metrics/find", "query=servers.*&from=-6h&until=now");
        Assert.Equal(["web1", "web2"], answer.RootElement.EnumerateArray().Select(n => n.GetProperty("text").GetString()!));
        Assert.All(answer.RootElement.EnumerateArray(), n => Assert.Equal(1, n.GetProperty("expandable").GetInt32()));
        using JsonDocument expanded = JsonDocument.Parse(await server.Client.GetStringAsync("metrics/expand?query=servers.*.cpu", Stop));
        Assert.Equal(["servers.web1.cpu", "servers.web2.cpu"], expanded.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetString()!));
    }

    [Fact]
    public async Task Series_are_rendered_by_post_and_consolidated()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        using JsonDocument answer = await PostAsync(
            server, "render", $"target={Uri.EscapeDataString("aliasByNode(servers.*.cpu, 1)")}&target={Uri.EscapeDataString("sumSeries(servers.*.cpu)")}&from=-2h&until=now&format=json&maxDataPoints=30");
        Assert.Equal(["web1", "web2", "sumSeries(servers.*.cpu)"], answer.RootElement.EnumerateArray().Select(s => s.GetProperty("target").GetString()!));
        foreach (JsonElement series in answer.RootElement.EnumerateArray())
        {
            JsonElement points = series.GetProperty("datapoints");
            Assert.InRange(points.GetArrayLength(), 20, 31);
            Assert.All(points.EnumerateArray(), p => Assert.Equal(2, p.GetArrayLength()));
            Assert.Equal(JsonValueKind.Object, series.GetProperty("tags").ValueKind);
        }
    }

    [Fact]
    public async Task Tags_and_values_are_completed()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        Assert.Equal(["rack", "server"], await StringsAsync(server, "tags/autoComplete/tags?expr=name%3Ddisk.used&tagPrefix=&limit=100"));
        using JsonDocument posted = await PostAsync(server, "tags/autoComplete/tags", "expr=name%3Ddisk.used&tagPrefix=ra");
        Assert.Equal("[\"rack\"]", posted.RootElement.GetRawText());
        Assert.Equal(["web01", "web02"], await StringsAsync(server, "tags/autoComplete/values?tag=server&valuePrefix=web"));
        Assert.Equal(["web02"], await StringsAsync(server, "tags/autoComplete/values?tag=server&expr%5B%5D=rack%3D~b.*"));
        Assert.Equal(["disk.used;rack=a1;server=web01"], await StringsAsync(server, "tags/findSeries?expr=rack%3Da1"));
        using JsonDocument list = JsonDocument.Parse(await server.Client.GetStringAsync("tags?pretty=1", Stop));
        Assert.Equal(["name", "rack", "server"], list.RootElement.EnumerateArray().Select(t => t.GetProperty("tag").GetString()!));
        using JsonDocument rack = JsonDocument.Parse(await server.Client.GetStringAsync("tags/rack", Stop));
        Assert.Equal(1, rack.RootElement.GetProperty("values")[0].GetProperty("count").GetInt32());
        Assert.Equal("null", await server.Client.GetStringAsync("tags/nosuch", Stop));
        using JsonDocument rendered = await PostAsync(server, "render", $"target={Uri.EscapeDataString("aliasByTags(seriesByTag('name=disk.used','rack=a1'),'server')")}&from=-1h&format=json");
        Assert.Equal("web01", Assert.Single(rendered.RootElement.EnumerateArray()).GetProperty("target").GetString());
        using HttpResponseMessage wrong = await server.Client.GetAsync("tags/findSeries?expr=rack%3D", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.True(JsonDocument.Parse(await wrong.Content.ReadAsStringAsync(Stop)).RootElement.TryGetProperty("error", out _));
        using HttpResponseMessage get = await server.Client.GetAsync("tags/tagSeries?path=a;b=c", Stop);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }

    [Fact]
    public async Task Events_are_read_as_annotations()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        long when = GraphiteServer.Now - 600;
        foreach (object body in new object[]
        {
            new { what = "deploy", tags = new[] { "release", "web" }, when, data = "v1 <b>" }, new { what = "restart", tags = "web night", when = when + 60 }, new { what = "now" },
        })
        {
            using HttpResponseMessage stored = await server.Client.PostAsJsonAsync("events/", body, Stop);
            Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        }

        // As curl -d sends it: a form by its header, JSON in truth.
        using StringContent curl = new("{\"what\":\"by curl\",\"tags\":\"curl\"}", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage byCurl = await server.Client.PostAsync("events/", curl, Stop);
        Assert.Equal(HttpStatusCode.OK, byCurl.StatusCode);
        using JsonDocument both = JsonDocument.Parse(await server.Client.GetStringAsync("events/get_data?from=-1h&until=now&tags=web", Stop));
        Assert.Equal(["deploy", "restart"], both.RootElement.EnumerateArray().Select(e => e.GetProperty("what").GetString()!));
        JsonElement deploy = both.RootElement[0];
        Assert.Equal((when, "v1 <b>"), (deploy.GetProperty("when").GetInt64(), deploy.GetProperty("data").GetString()));
        Assert.Equal(["release", "web"], deploy.GetProperty("tags").EnumerateArray().Select(t => t.GetString()!));
        Assert.Equal(2, JsonDocument.Parse(await server.Client.GetStringAsync("events/get_data?from=-1h&tags=release+night&set=union", Stop)).RootElement.GetArrayLength());
        Assert.Equal(0, JsonDocument.Parse(await server.Client.GetStringAsync("events/get_data?from=-1h&tags=release+night&set=intersection", Stop)).RootElement.GetArrayLength());
        Assert.StartsWith("back([", await server.Client.GetStringAsync("events/get_data?jsonp=back", Stop), StringComparison.Ordinal);
        using JsonDocument one = JsonDocument.Parse(await server.Client.GetStringAsync($"events/{deploy.GetProperty("id").GetInt64()}", Stop));
        Assert.Equal("deploy", one.RootElement.GetProperty("what").GetString());
        using JsonDocument drawn = JsonDocument.Parse(await server.Client.GetStringAsync($"render?target=summarize(events('web'),'1d')&from={when - 10}&until={when + 100}&format=json", Stop));
        Assert.Equal(2, drawn.RootElement[0].GetProperty("datapoints").EnumerateArray().Where(p => p[0].ValueKind == JsonValueKind.Number).Sum(p => p[0].GetDouble()));
        foreach (string wrong in new[] { "no json", "[1]", "{\"tags\":[]}", "{\"what\":\"x\",\"when\":\"noon\"}", "{\"what\":\"x\",\"tags\":5}" })
        {
            using HttpResponseMessage refused = await server.Client.PostAsync("events", new StringContent(wrong), Stop);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    private static async Task<JsonDocument> PostAsync(GraphiteServer server, string path, string form)
    {
        using StringContent content = new(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage answer = await server.Client.PostAsync(path, content, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<string[]> StringsAsync(GraphiteServer server, string path) => JsonSerializer.Deserialize<string[]>(await server.Client.GetStringAsync(path, Stop))!;
}
