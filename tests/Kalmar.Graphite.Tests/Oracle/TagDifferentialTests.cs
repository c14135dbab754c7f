using System.Text.Json;
using Kalmar.Graphite.Tags;

namespace Kalmar.Graphite.Tests.Oracle;

/// <summary>The same questions about tags to the real graphite-web, with its local database of tags, and to our index.</summary>
public sealed class TagDifferentialTests(GraphiteWebFixture oracle)
{
    private static readonly string[][] s_expressions =
    [
        ["name=disk.used"], ["rack=a1"], ["rack=a1", "datacenter=dc1"], ["server=~web0[12]"], ["server!=web01", "name=disk.used"], ["rack!=", "datacenter!=dc1"], ["rack=", "server=web01"],
        ["name=~disk", "rack!=~a.*"], ["name=~.*", "kind="], ["server=~^web", "name!=load"], ["name=nothing"], ["nothing=x"], ["rack=~(a|b).$"], ["kind=a.b-c"], ["server=db 1"],
        ["rack="], ["rack=~.*"], ["broken"], ["=x"], ["name=a;b"], ["name==x"], ["name!~x"], ["name=~("],
    ];

    [Fact]
    public async Task Found_series_equal_graphite_webs()
    {
        var client = await oracle.StartAsync();
        foreach (var expressions in s_expressions)
        {
            using var answer = await client.GetAsync("tags/findSeries?" + string.Join('&', expressions.Select(e => "expr=" + Uri.EscapeDataString(e))), TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (answer.IsSuccessStatusCode)
                Assert.Equal(JsonSerializer.Deserialize<string[]>(text), await oracle.Tags.FindSeriesAsync(expressions, TestContext.Current.CancellationToken));
            else
                Assert.Equal(400, (await Assert.ThrowsAsync<GraphiteException>(async () => await oracle.Tags.FindSeriesAsync(expressions, TestContext.Current.CancellationToken))).Status);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("expr=name=disk.used")]
    [InlineData("expr=name=disk.used&tagPrefix=d")]
    [InlineData("tagPrefix=s")]
    [InlineData("tagPrefix=na&limit=1")]
    [InlineData("expr=server=web01&limit=2")]
    public async Task Completed_tags_equal_graphite_webs(string query)
    {
        var client = await oracle.StartAsync();
        var parameters = Kalmar.Graphite.Rendering.RenderParameters.OfQuery(query);
        var theirs = JsonSerializer.Deserialize<string[]>(await client.GetStringAsync("tags/autoComplete/tags?" + query, TestContext.Current.CancellationToken));
        var limit = parameters["limit"] is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 100;
        Assert.Equal(theirs, await oracle.Tags.CompleteTagsAsync([.. parameters.Values("expr")], parameters["tagPrefix"], limit, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("tag=server")]
    [InlineData("tag=server&valuePrefix=web")]
    [InlineData("tag=name&expr=rack=a1")]
    [InlineData("tag=server&expr=name=disk.used&valuePrefix=web0&limit=2")]
    [InlineData("tag=nothing")]
    [InlineData("tag=rack&expr=server=~.*1")]
    public async Task Completed_values_equal_graphite_webs(string query)
    {
        var client = await oracle.StartAsync();
        var parameters = Kalmar.Graphite.Rendering.RenderParameters.OfQuery(query);
        var theirs = JsonSerializer.Deserialize<string[]>(await client.GetStringAsync("tags/autoComplete/values?" + query, TestContext.Current.CancellationToken));
        var limit = parameters["limit"] is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 100;
        Assert.Equal(theirs, await oracle.Tags.CompleteValuesAsync([.. parameters.Values("expr")], parameters["tag"]!, parameters["valuePrefix"], limit, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("na")]
    [InlineData("^.*er$")]
    public async Task Listed_tags_and_their_values_equal_graphite_webs(string? filter)
    {
        var client = await oracle.StartAsync();
        var stop = TestContext.Current.CancellationToken;
        var query = filter is null ? "" : "?filter=" + Uri.EscapeDataString(filter);
        using var theirs = JsonDocument.Parse(await client.GetStringAsync("tags" + query, stop));
        var ours = await oracle.Tags.ListTagsAsync(filter, null, stop);
        Assert.Equal(theirs.RootElement.EnumerateArray().Select(t => t.GetProperty("tag").GetString()!), ours.Select(t => t.Tag));
        foreach (var tag in ours)
        {
            using var values = JsonDocument.Parse(await client.GetStringAsync($"tags/{tag.Tag}?filter=web|dc|d", stop));
            var known = await oracle.Tags.GetTagAsync(tag.Tag, "web|dc|d", null, stop);
            Assert.Equal(
                values.RootElement.GetProperty("values").EnumerateArray().Select(v => (v.GetProperty("value").GetString()!, v.GetProperty("count").GetInt32())),
                known!.Values.Select(v => (v.Value, v.Count)));
        }
    }

    [Theory]
    [InlineData("a;server=1;rack=2")]
    [InlineData("a{server=\"1\",rack=\"2\"}")]
    [InlineData("~~tilde;kind=v")]
    [InlineData("plain")]
    [InlineData("a;name=other")]
    [InlineData("a;b")]
    [InlineData("a;b=")]
    [InlineData("a;=c")]
    [InlineData("a;b!=c")]
    [InlineData("a;b=~c")]
    [InlineData(";b=c")]
    public async Task Canonical_names_equal_graphite_webs(string path)
    {
        var client = await oracle.StartAsync();
        var stop = TestContext.Current.CancellationToken;
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("path", path)]);
        using var answer = await client.PostAsync("tags/tagSeries", form, stop);
        using var index = await TagIndex.OpenAsync(null, stop);
        if (answer.IsSuccessStatusCode)
        {
            var name = JsonSerializer.Deserialize<string>(await answer.Content.ReadAsStringAsync(stop));
            Assert.Equal(name, await index.TagSeriesAsync(path, stop));
            Assert.True(await index.DeleteSeriesAsync(path, stop));
            Assert.Empty(await index.ListTagsAsync(null, null, stop));
            using var back = await client.PostAsync("tags/delSeries", form, stop);
            Assert.True(back.IsSuccessStatusCode);
        }
        else await Assert.ThrowsAsync<GraphiteException>(async () => await index.TagSeriesAsync(path, stop));
    }
}
