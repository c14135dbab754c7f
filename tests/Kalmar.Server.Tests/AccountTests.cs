using System.Net;
using Kalmar.Server.Tests.Hosting;

namespace Kalmar.Server.Tests;

public sealed class AccountTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changed_password_is_the_new_one_and_ends_other_sessions()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        using HttpClient other = await server.SignedInAsync();
        HttpResponseMessage answer = await ChangeAsync(client, server.Administrator!.Password, "correct horse battery", "correct horse battery");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("The password is changed.", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ServerUnderTest.SignInAsync(other, "admin", "correct horse battery")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ServerUnderTest.SignInAsync(server.NewClient(), "admin", server.Administrator.Password)).StatusCode);
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains("correct horse", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wrong", "correct horse battery", "correct horse battery", "The present password is wrong.")]
    [InlineData(null, "short", "short", "The new password must have 10 to 1024 characters.")]
    [InlineData(null, "correct horse battery", "correct horse batterx", "The two new passwords differ.")]
    public async Task Change_that_does_not_fit_is_refused_and_says_why(string? present, string chosen, string again, string message)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        HttpResponseMessage answer = await ChangeAsync(client, present ?? server.Administrator!.Password, chosen, again);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(message, Html.Text(await answer.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
        using HttpClient fresh = await server.SignedInAsync();
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    [InlineData("auto")]
    public async Task Theme_is_kept_in_a_cookie(string theme)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        string page = await client.GetStringAsync($"/cluster/{Samples.Fsid}", Token);
        HttpResponseMessage answer = await ServerUnderTest.PostAsync(
            client, "/theme", page, new() { ["theme"] = theme, ["return"] = $"/cluster/{Samples.Fsid}/osds?sort=host" });
        Assert.Equal($"/cluster/{Samples.Fsid}/osds?sort=host", answer.Headers.Location!.OriginalString);
        Assert.Contains($"data-theme=\"{theme}\"", await client.GetStringAsync(answer.Headers.Location, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_theme_or_foreign_return_is_not_taken()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        string page = await client.GetStringAsync($"/cluster/{Samples.Fsid}", Token);
        Assert.Equal(HttpStatusCode.BadRequest, (await ServerUnderTest.PostAsync(client, "/theme", page, new() { ["theme"] = "\"><script>" })).StatusCode);
        HttpResponseMessage answer = await ServerUnderTest.PostAsync(client, "/theme", page, new() { ["theme"] = "dark", ["return"] = "//evil.example" });
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    private static async Task<HttpResponseMessage> ChangeAsync(HttpClient client, string present, string chosen, string again)
    {
        string page = await client.GetStringAsync("/account", Token);
        return await ServerUnderTest.PostAsync(client, "/account", page, new()
        {
            ["Input.Present"] = present,
            ["Input.New"] = chosen,
            ["Input.Again"] = again,
            ["_handler"] = "password",
        });
    }
}
