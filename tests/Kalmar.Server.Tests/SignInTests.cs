using System.Net;
using Kalmar.Manager.State;
using Kalmar.Server.Tests.Hosting;

namespace Kalmar.Server.Tests;

public sealed class SignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_start_makes_an_administrator_and_the_second_does_not()
    {
        string folder = Directory.CreateTempSubdirectory("kalmar-first-").FullName;
        await using (ServerUnderTest first = await ServerUnderTest.StartAsync(folder: folder))
        {
            Assert.Equal("admin", first.Administrator?.Name);
            Assert.True(first.Administrator!.Password.Length >= 20);
            User user = Assert.Single(await first.Users.ListAsync(Token));
            Assert.Equal(UserRole.Superuser, user.Role);
            Assert.DoesNotContain(first.Administrator.Password, user.PasswordHash, StringComparison.Ordinal);
        }

        await using (ServerUnderTest second = await ServerUnderTest.StartAsync(folder: folder))
        {
            Assert.Null(second.Administrator);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/cluster/" + Samples.Fsid)]
    [InlineData("/cluster/" + Samples.Fsid + "/osds?sort=-usage")]
    [InlineData("/account")]
    [InlineData("/no/such/page")]
    public async Task Page_without_a_session_leads_to_sign_in_and_back(string page)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        HttpResponseMessage answer = await client.GetAsync(page, Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/signin", answer.Headers.Location!.AbsolutePath);
        Assert.Equal($"?return={Uri.EscapeDataString(page)}", answer.Headers.Location.Query);

        HttpResponseMessage signedIn = await ServerUnderTest.SignInAsync(
            client, server.Administrator!.Name, server.Administrator.Password, answer.Headers.Location.PathAndQuery);
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        Assert.Equal(page, signedIn.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/live")]
    [InlineData("/api/kalmar/v1/clusters/" + Samples.Fsid + "/status")]
    public async Task Program_without_a_session_gets_401(string address)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(address, Token)).StatusCode);
    }

    [Fact]
    public async Task Fragment_without_a_session_gets_401()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        client.DefaultRequestHeaders.Add("X-Kalmar-Fragment", "1");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/", Token)).StatusCode);
    }

    [Fact]
    public async Task Healthz_and_assets_need_no_session()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        Assert.Equal("ok\n", await client.GetStringAsync("/healthz", Token));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/assets/kalmar.css", Token)).StatusCode);
    }

    [Fact]
    public async Task Session_cookie_is_HttpOnly_and_SameSite_and_opens_pages()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        HttpResponseMessage answer = await ServerUnderTest.SignInAsync(client, "ADMIN", server.Administrator!.Password);
        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("calamari_sessionid=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
        Assert.NotNull((await server.Users.FindByNameAsync("admin", Token))!.LastSignInAt);
    }

    [Theory]
    [InlineData("admin", "wrong")]
    [InlineData("nobody", "wrong")]
    [InlineData("admin' OR '1'='1", "x")]
    public async Task Wrong_name_or_password_is_refused_with_the_same_words(string name, string password)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        HttpResponseMessage answer = await ServerUnderTest.SignInAsync(client, name, password);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(Cookies(answer), c => c.StartsWith("calamari_sessionid=", StringComparison.Ordinal));
        string page = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("Name or password is wrong.", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{password}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_in_without_the_token_is_refused()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        _ = await client.GetStringAsync("/signin", Token);
        HttpResponseMessage answer = await client.PostAsync("/signin", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Input.Name"] = server.Administrator!.Name,
            ["Input.Password"] = server.Administrator.Password,
            ["_handler"] = "signin",
        }), Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(Cookies(answer), c => c.StartsWith("calamari_sessionid=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_of_another_browser_is_refused()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient other = server.NewClient();
        string page = await other.GetStringAsync("/signin", Token);
        using HttpClient client = server.NewClient();
        _ = await client.GetStringAsync("/signin", Token);
        HttpResponseMessage answer = await ServerUnderTest.PostAsync(client, "/signin", page, new()
        {
            ["Input.Name"] = server.Administrator!.Name,
            ["Input.Password"] = server.Administrator.Password,
            ["_handler"] = "signin",
        });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example/")]
    [InlineData("/signout")]
    [InlineData("")]
    public async Task Return_to_anywhere_but_a_page_of_ours_leads_to_the_start(string target)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        HttpResponseMessage answer = await ServerUnderTest.SignInAsync(
            client, server.Administrator!.Name, server.Administrator.Password, "/signin?return=" + Uri.EscapeDataString(target));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Failures_slow_down_then_lock_and_the_lock_ends()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await ServerUnderTest.SignInAsync(client, "admin", $"wrong{i}")).StatusCode);
        }

        // The fourth failure costs a wait of a second, and so on, until the tenth locks for five minutes.
        for (int i = 3; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await ServerUnderTest.SignInAsync(client, "admin", $"wrong{i}")).StatusCode);
            HttpResponseMessage slowed = await ServerUnderTest.SignInAsync(client, "admin", server.Administrator!.Password);
            Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
            Assert.True(slowed.Headers.RetryAfter!.Delta > TimeSpan.Zero);
            if (i < 9)
            {
                server.Time.Advance(TimeSpan.FromSeconds(31));
            }
        }

        server.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ServerUnderTest.SignInAsync(client, "admin", server.Administrator!.Password)).StatusCode);
        server.Time.Advance(TimeSpan.FromMinutes(1.1));
        Assert.Equal(HttpStatusCode.SeeOther, (await ServerUnderTest.SignInAsync(client, "admin", server.Administrator.Password)).StatusCode);
    }

    [Fact]
    public async Task Lock_does_not_end_a_session_that_is_open()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient open = await server.SignedInAsync();
        using HttpClient guesser = server.NewClient();
        HttpResponseMessage last = new();
        for (int i = 0; i < 5; i++)
        {
            last = await ServerUnderTest.SignInAsync(guesser, "admin", "wrong");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
    }

    [Fact]
    public async Task Passwords_and_unknown_names_are_never_logged()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = server.NewClient();
        await ServerUnderTest.SignInAsync(client, "admin", "secret-wrong-one");
        await ServerUnderTest.SignInAsync(client, "secret-typed-as-name", "whatever");
        await ServerUnderTest.SignInAsync(client, "admin", server.Administrator!.Password);
        Assert.Contains(server.Log.Lines, l => l.Contains("Wrong password for user admin", StringComparison.Ordinal));
        Assert.Contains(server.Log.Lines, l => l.Contains("User admin signed in", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains("secret-", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains(server.Administrator.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sign_out_ends_the_session()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        string page = await client.GetStringAsync($"/cluster/{Samples.Fsid}", Token);
        HttpResponseMessage answer = await ServerUnderTest.PostAsync(client, "/signout", page, []);
        Assert.Equal("/signin", answer.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
    }

    [Fact]
    public async Task Sign_out_without_the_token_changes_nothing()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        HttpResponseMessage answer = await client.PostAsync("/signout", new FormUrlEncodedContent([]), Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
    }

    [Fact]
    public async Task Session_survives_a_restart_of_the_server()
    {
        string folder = Directory.CreateTempSubdirectory("kalmar-restart-").FullName;
        string cookie;
        await using (ServerUnderTest first = await ServerUnderTest.StartAsync(folder: folder))
        {
            using HttpClient client = first.NewClient();
            HttpResponseMessage answer = await ServerUnderTest.SignInAsync(client, first.Administrator!.Name, first.Administrator.Password);
            cookie = Cookies(answer).Single(c => c.StartsWith("calamari_sessionid=", StringComparison.Ordinal)).Split(';')[0];
        }

        await using (ServerUnderTest second = await ServerUnderTest.StartAsync(folder: folder))
        {
            using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = second.Address };
            client.DefaultRequestHeaders.Add("Cookie", cookie);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Session_of_a_removed_user_is_over()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        User user = (await server.Users.FindByNameAsync("admin", Token))!;
        await server.Users.DeleteAsync(user.Id, Token);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
    }

    [Fact]
    public async Task Session_left_alone_runs_out()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        server.Time.Advance(TimeSpan.FromHours(12.1));
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync($"/cluster/{Samples.Fsid}", Token)).StatusCode);
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies : [];
}
