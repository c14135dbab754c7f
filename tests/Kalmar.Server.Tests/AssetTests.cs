using System.Net;
using Kalmar.Server.Assets;
using Kalmar.Server.Tests.Hosting;

namespace Kalmar.Server.Tests;

public sealed class AssetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("kalmar.css", "text/css")]
    [InlineData("kalmar.js", "text/javascript")]
    [InlineData("favicon.svg", "image/svg+xml")]
    public async Task Asset_is_served_with_type_and_tag_and_not_twice(string name, string type)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        HttpResponseMessage tagged = await client.GetAsync(EmbeddedAssets.Url(name), Token);
        Assert.Equal(HttpStatusCode.OK, tagged.StatusCode);
        Assert.Equal(type, tagged.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromDays(365), tagged.Headers.CacheControl!.MaxAge);

        HttpResponseMessage bare = await client.GetAsync($"/assets/{name}", Token);
        Assert.True(bare.Headers.CacheControl!.NoCache);
        using HttpRequestMessage again = new(HttpMethod.Get, $"/assets/{name}");
        again.Headers.IfNoneMatch.Add(bare.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(again, Token)).StatusCode);
    }

    [Theory]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/..%2fstate.db")]
    [InlineData("/assets/%2e%2e/state.db")]
    public async Task What_is_no_asset_is_not_served(string address)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync(address, Token)).StatusCode);
    }

    [Fact]
    public async Task Page_names_assets_that_there_are()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        string page = await client.GetStringAsync($"/cluster/{Samples.Fsid}", Token);
        foreach (string name in (string[])["kalmar.css", "kalmar.js", "favicon.svg"])
        {
            Assert.Contains(EmbeddedAssets.Url(name), page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/favicon.ico", Token)).StatusCode);
    }

    [Fact]
    public void Script_stays_small()
    {
        using StreamReader reader = new(new MemoryStream(EmbeddedAssets.Find("kalmar.js")!.Content));
        Assert.InRange(reader.ReadToEnd().Split('\n').Length, 50, 250);
    }
}
