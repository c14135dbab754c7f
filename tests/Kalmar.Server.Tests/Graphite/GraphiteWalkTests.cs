using System.Net;

namespace Kalmar.Server.Tests.Graphite;

/// <summary>What somebody who knows graphite-web tries with a browser and curl.</summary>
public sealed class GraphiteWalkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("metrics/find?query=servers.*&format=completer")]
    [InlineData("metrics/expand?query=servers.*")]
    [InlineData("metrics/index.json?")]
    [InlineData("events/get_data?")]
    [InlineData("browser/mygraph?path=")]
    [InlineData("render?target=servers.web1.cpu&format=json&from=-5min")]
    public async Task Json_is_wrapped_in_a_call_for_scripts(string path)
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        using HttpResponseMessage answer = await server.Client.GetAsync($"{path}&jsonp=my.call", Stop);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        string text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.StartsWith("my.call(", text, StringComparison.Ordinal);
        Assert.EndsWith(")", text, StringComparison.Ordinal);
        using HttpResponseMessage script = await server.Client.GetAsync($"{path}&jsonp=alert(1)//", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, script.StatusCode);
    }

    [Theory]
    [InlineData("render/local")]
    [InlineData("dashboard/email")]
    [InlineData("metrics/get-metadata?metric=a&key=aggregationMethod")]
    [InlineData("metrics/set-metadata?metric=a&key=aggregationMethod&value=sum")]
    [InlineData("whitelist/add?metrics=a")]
    [InlineData("whitelist")]
    [InlineData("graphite/dashboard/email")]
    public async Task What_is_refused_says_what_to_do_instead(string path)
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        using HttpResponseMessage answer = await server.Client.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Contains("is not there: ", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_function_is_told_in_json_and_no_graphs_as_a_leaf()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        using HttpResponseMessage answer = await server.Client.GetAsync("functions/nosuch", Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("{\"error\": \"Function not found: nosuch\"}", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Contains("No saved graphs", await server.Client.GetStringAsync("browser/usergraph?path=", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Window_that_ends_far_ahead_costs_no_more_than_one_that_ends_now()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        Assert.Contains("\"servers.web1.cpu\"", await server.Client.GetStringAsync("render?target=servers.web1.cpu&format=json&from=-5min&until=99999999999", Stop), StringComparison.Ordinal);
    }
}
