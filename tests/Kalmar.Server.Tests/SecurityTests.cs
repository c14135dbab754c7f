using System.Net;
using Kalmar.Server.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Kalmar.Server.Tests;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SecurityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/signin")]
    [InlineData("/healthz")]
    [InlineData("/assets/kalmar.js")]
    [InlineData("/assets/none")]
    [InlineData("/cluster/" + Samples.Fsid)]
    [InlineData("/no/such/page")]
    [InlineData("/api/kalmar/v1/clusters")]
    [InlineData("/fails")]
    public async Task Every_answer_has_the_security_headers(string address)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(map: Failing);
        using HttpClient client = await server.SignedInAsync();
        HttpResponseMessage answer = await client.GetAsync(address, Token);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.NotNull(answer.Headers.CacheControl);
    }

    [Fact]
    public async Task Page_is_kept_by_no_cache()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        Assert.True((await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).Headers.CacheControl!.NoStore);
        Assert.True((await client.GetAsync("/api/kalmar/v1/clusters", Token)).Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Failure_is_a_page_or_problem_details_without_what_went_wrong_inside()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(map: Failing);
        using HttpClient client = await server.SignedInAsync();
        HttpResponseMessage page = await client.GetAsync("/fails", Token);
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        string text = Html.Text(await page.Content.ReadAsStringAsync(Token));
        Assert.Contains("500 · Internal Server Error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("inner workings", text, StringComparison.Ordinal);

        HttpResponseMessage program = await client.GetAsync("/api/fails", Token);
        Assert.Equal(HttpStatusCode.InternalServerError, program.StatusCode);
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("inner workings", await program.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains(server.Log.Lines, l => l.Contains("7010", StringComparison.Ordinal) && l.Contains("inner workings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_that_fails_in_the_middle_is_a_page_that_says_so()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        server.Clusters.IsBroken = true;
        HttpResponseMessage page = await client.GetAsync($"/cluster/{Samples.Fsid}", Token);
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        string text = Html.Text(await page.Content.ReadAsStringAsync(Token));
        Assert.Contains("500 · Internal Server Error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("inner workings", text, StringComparison.Ordinal);
        server.Clusters.IsBroken = false;
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
    }

    [Fact]
    public async Task Endpoint_of_the_host_needs_a_session_too()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(map: Failing);
        using HttpClient client = server.NewClient();
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/fails", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/fails", Token)).StatusCode);
    }

    [Fact]
    public async Task Keys_of_sessions_are_readable_by_their_owner_only()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        string folder = Path.Combine(server.Folder, "keys");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.All(Directory.GetFiles(folder), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        Assert.NotEmpty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Anonymous_mode_lets_loopback_look_and_nobody_else()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(o => o with { AnonymousOnLoopback = true });
        using HttpClient client = server.NewClient();
        string page = await client.GetStringAsync($"/cluster/{Samples.Fsid}", Token);
        Assert.Contains("anonymous", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign out", page, StringComparison.Ordinal);

        // A name of somebody else that resolves to here, and a request that a proxy passed on.
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, r => r.Headers.Host = "rebound.example:8080"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, r => r.Headers.Add("X-Forwarded-For", "203.0.113.9")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, r => r.Headers.Host = "localhost:1"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, r => r.Headers.Host = "[::1]:1"));
    }

    [Fact]
    public async Task Anonymous_mode_is_off_unless_asked_for()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, _ => { }));
    }

    [Fact]
    public async Task Large_sign_in_form_is_refused()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        HttpResponseMessage answer = await ServerUnderTest.SignInAsync(client, "admin", new string('x', 100_000));
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains("Wrong password", StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_options_are_all_named()
    {
        KalmarServerOptions options = new() { DataDirectory = " ", MaxLiveStreams = 0, SessionLifetime = TimeSpan.Zero, LiveHeartbeat = TimeSpan.FromHours(1), LiveStreamLifetime = default };
        Assert.Equal(
            ["DataDirectory", "SessionLifetime", "MaxLiveStreams", "LiveHeartbeat", "LiveStreamLifetime"],
            options.Validate().Select(e => e.Split(':')[0]));
        Assert.Empty(new KalmarServerOptions { DataDirectory = "/x" }.Validate());
    }

    private static void Failing(WebApplication app)
    {
        app.MapGet("/fails", Fail);
        app.MapGet("/api/fails", Fail);
    }

    private static string Fail() => throw new InvalidOperationException("inner workings");

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Action<HttpRequestMessage> change)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"/cluster/{Samples.Fsid}");
        change(request);
        return (await client.SendAsync(request, Token)).StatusCode;
    }
}
