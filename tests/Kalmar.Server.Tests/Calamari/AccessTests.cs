using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Access;
using Kalmar.Server.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kalmar.Server.Tests.Calamari;

/// <summary>Who may do what: sign-in, CSRF, Basic, tokens, roles.</summary>
public sealed class AccessTests
{
    private const string Users = "/api/v2/user";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_of_the_API_declares_its_role_and_every_write_more_than_reading()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        List<string> withoutRole = [];
        List<string> openWrites = [];
        int count = 0;
        foreach (RouteEndpoint endpoint in Endpoints(server))
        {
            count++;
            RequiredRole? required = endpoint.Metadata.GetMetadata<RequiredRole>();
            string method = Method(endpoint);
            if (required is null)
            {
                withoutRole.Add($"{method} {endpoint.RoutePattern.RawText}");
            }
            else if (method is not ("GET" or "OPTIONS") && required.Role is null or UserRole.ReadOnly && method is not ("GET" or "OPTIONS"))
            {
                openWrites.Add($"{method} {endpoint.RoutePattern.RawText}");
            }
        }

        Assert.Empty(withoutRole);
        Assert.Equal(
            [
                "PATCH /api/v1/user/{id}", "PATCH /api/v2/user/{id}", "POST /api/v1/auth/login", "POST /api/v1/auth/logout", "POST /api/v2/auth/login", "POST /api/v2/auth/logout",
                "PUT /api/v1/user/{id}", "PUT /api/v2/user/{id}",
            ],
            openWrites.Where(w => !w.Contains("token", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.True(count > 60, $"only {count} endpoints");
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} endpoints");
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_gets_403_at_every_endpoint_that_is_not_open()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient nobody = new(server.NewClient());
        foreach (RouteEndpoint endpoint in Endpoints(server).Where(e => e.Metadata.GetMetadata<RequiredRole>()?.Role is not null))
        {
            (HttpStatusCode status, JsonElement body, _) = await nobody.SendAsync(Method(endpoint), Path(endpoint), Method(endpoint) == "GET" ? null : "{}");
            Assert.True(status == HttpStatusCode.Forbidden, $"{Method(endpoint)} {Path(endpoint)}: {(int)status}");
            Assert.StartsWith("Authentication credentials were not provided", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Read_only_user_gets_403_at_every_write_and_is_told_what_is_allowed()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient reader = await ApiClient.OfRoleAsync(server, UserRole.ReadOnly);
        int writes = 0;
        foreach (RouteEndpoint endpoint in Endpoints(server).Where(e => e.Metadata.GetMetadata<RequiredRole>()?.Role is UserRole.ReadWrite or UserRole.Superuser && Method(e) != "GET"))
        {
            writes++;
            (HttpStatusCode status, _, HttpResponseMessage answer) = await reader.SendAsync(Method(endpoint), Path(endpoint), "{}");
            Assert.True(status == HttpStatusCode.Forbidden, $"{Method(endpoint)} {Path(endpoint)}: {(int)status}");
            Assert.DoesNotContain(Method(endpoint), answer.Content.Headers.Allow);
        }

        (_, _, HttpResponseMessage read) = await reader.SendAsync("GET", $"/api/v2/cluster/{Samples.Fsid}/osd");
        Assert.Equal(["GET", "HEAD", "OPTIONS"], read.Content.Headers.Allow);
        Assert.True(writes > 5);
    }

    [Fact]
    public async Task Login_sets_the_token_rotates_it_and_says_what_is_missing_or_wrong()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = new(server.NewClient());
        (HttpStatusCode status, _, HttpResponseMessage first) = await client.SendAsync("GET", "/api/v2/auth/login");
        Assert.Equal(HttpStatusCode.OK, status);
        string before = Cookie(first);
        Assert.DoesNotContain("httponly", first.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("XSRF-TOKEN", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);

        (status, JsonElement body, _) = await client.SendAsync("POST", "/api/v2/auth/login", "{}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("This field is required", body.GetProperty("username").GetString());
        Assert.Equal("This field is required", body.GetProperty("password").GetString());

        (status, body, _) = await client.SendAsync("POST", "/api/v2/auth/login/", """{"username":"admin","password":"wrong password"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("User authentication failed", body.GetProperty("message").GetString());

        string password = server.Administrator!.Password;
        (status, body, HttpResponseMessage second) = await client.SendAsync("POST", "/api/v1/auth/login/", $$"""{"username":"admin","password":"{{password}}"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("{}", body.GetRawText());
        Assert.NotEqual(before, Cookie(second));
        string session = second.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("calamari_sessionid", StringComparison.Ordinal));
        Assert.Contains("httponly", session, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", session, StringComparison.OrdinalIgnoreCase);

        (status, body, _) = await client.SendAsync("GET", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("admin", body.GetProperty("username").GetString());

        (status, body, _) = await client.SendAsync("POST", "/api/v2/auth/logout", null, change: r => r.Headers.Add(CsrfTokens.HeaderName, Cookie(second)));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Logged out", body.GetProperty("message").GetString());
        (status, _, _) = await client.SendAsync("GET", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task Write_without_token_with_an_old_token_or_from_a_foreign_page_gets_403()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        string token = client.Http.DefaultRequestHeaders.GetValues(CsrfTokens.HeaderName).Single();
        client.Http.DefaultRequestHeaders.Remove(CsrfTokens.HeaderName);
        const string Body = """{"username":"eve","password":"a long password"}""";

        await AssertRefusedAsync(client, Body, _ => { }, "missing");
        await AssertRefusedAsync(client, Body, r => r.Headers.Add(CsrfTokens.HeaderName, "0123456789abcdef0123456789abcdef"), "not this session's");
        await AssertRefusedAsync(client, Body, r =>
        {
            r.Headers.Add(CsrfTokens.HeaderName, token);
            r.Headers.Add("Origin", "https://elsewhere.example");
        }, "another origin");
        await AssertRefusedAsync(client, Body, r =>
        {
            r.Headers.Add(CsrfTokens.HeaderName, token);
            r.Headers.Add("Sec-Fetch-Site", "cross-site");
        }, "another origin");

        // A new sign-in makes a new token; the old one is worth nothing from then on.
        (HttpStatusCode status, _, HttpResponseMessage again) = await client.SendAsync("POST", "/api/v2/auth/login", $$"""{"username":"admin","password":"{{server.Administrator!.Password}}"}""", change: r => r.Headers.Add(CsrfTokens.HeaderName, token));
        Assert.Equal(HttpStatusCode.OK, status);
        await AssertRefusedAsync(client, Body, r => r.Headers.Add(CsrfTokens.HeaderName, token), "not this session's");
        Assert.Null(await server.Users.FindByNameAsync("eve", Stop));

        (status, _, _) = await client.SendAsync("POST", Users, Body, change: r =>
        {
            r.Headers.Add(CsrfTokens.HeaderName, Cookie(again));
            r.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        });
        Assert.Equal(HttpStatusCode.Created, status);
    }

    [Fact]
    public async Task Basic_credentials_work_without_a_cookie_and_wrong_ones_get_403()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = new(server.NewClient());
        client.Http.DefaultRequestHeaders.Authorization = Basic("admin", server.Administrator!.Password);
        Assert.Equal("superuser", (await client.GetAsync("/api/v2/user/me")).GetProperty("role").GetString());
        (HttpStatusCode status, _, _) = await client.SendAsync("POST", Users, """{"username":"bob","password":"a long password"}""");
        Assert.Equal(HttpStatusCode.Created, status);

        client.Http.DefaultRequestHeaders.Authorization = Basic("admin", "wrong");
        (status, JsonElement body, _) = await client.SendAsync("GET", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.StartsWith("Invalid credentials", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basic_credentials_end_when_the_password_changes()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = new(server.NewClient());
        client.Http.DefaultRequestHeaders.Authorization = Basic("admin", server.Administrator!.Password);
        await client.GetAsync("/api/v2/user/me");
        (HttpStatusCode status, _, _) = await client.SendAsync("PATCH", "/api/v2/user/me", """{"password":"another password"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        (status, _, _) = await client.SendAsync("GET", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Token")]
    public async Task Token_acts_for_its_user_with_its_role_until_it_expires(string scheme)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient admin = await ApiClient.AdministratorAsync(server);
        string expires = server.Clock.GetUtcNow().AddHours(1).ToString("O");
        (HttpStatusCode status, JsonElement made, _) = await admin.SendAsync("POST", "/api/v2/user/me/token", $$"""{"name":"ci","role":"readonly","expires_at":"{{expires}}"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        string secret = made.GetProperty("token").GetString()!;

        using ApiClient program = new(server.NewClient());
        program.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, secret);
        Assert.Equal("admin", (await program.GetAsync("/api/v2/user/me")).GetProperty("username").GetString());
        (status, _, _) = await program.SendAsync("POST", Users, """{"username":"bob","password":"a long password"}""");
        Assert.Equal(HttpStatusCode.Forbidden, status);

        JsonElement listed = Assert.Single((await admin.GetAsync("/api/v2/user/me/token")).EnumerateArray());
        Assert.Equal("ci", listed.GetProperty("name").GetString());
        Assert.False(listed.TryGetProperty("token", out JsonElement shown) && shown.ValueKind == JsonValueKind.String);
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains(secret, StringComparison.Ordinal));

        server.Time.Advance(TimeSpan.FromHours(2));
        (status, _, _) = await program.SendAsync("GET", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task Token_that_was_removed_is_worth_nothing()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient admin = await ApiClient.AdministratorAsync(server);
        (_, JsonElement made, _) = await admin.SendAsync("POST", "/api/v2/user/me/token", """{"name":"ci"}""");
        using ApiClient program = new(server.NewClient());
        program.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("token").GetString());
        await program.GetAsync("/api/v2/cluster");
        (HttpStatusCode status, _, _) = await admin.SendAsync("DELETE", $"/api/v2/user/me/token/{made.GetProperty("id").GetInt64()}");
        Assert.Equal(HttpStatusCode.NoContent, status);
        (status, _, _) = await program.SendAsync("GET", "/api/v2/cluster");
        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_name_and_say_for_how_long()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient client = new(server.NewClient());
        HttpStatusCode status = HttpStatusCode.OK;
        int slowed = 0;
        for (int tries = 0; tries < 10;)
        {
            (status, _, HttpResponseMessage answer) = await client.SendAsync("POST", "/api/v2/auth/login", """{"username":"admin","password":"wrong password"}""");
            if (status == HttpStatusCode.TooManyRequests)
            {
                slowed++;
                server.Time.Advance(answer.Headers.RetryAfter!.Delta!.Value);
                continue;
            }

            Assert.Equal(HttpStatusCode.Unauthorized, status);
            tries++;
        }

        (status, _, HttpResponseMessage locked) = await client.SendAsync("POST", "/api/v2/auth/login", $$"""{"username":"admin","password":"{{server.Administrator!.Password}}"}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal(TimeSpan.FromMinutes(5), locked.Headers.RetryAfter!.Delta);
        Assert.True(slowed > 3);
    }

    [Fact]
    public async Task What_is_done_to_users_and_tokens_stands_in_the_audit_log()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient admin = await ApiClient.AdministratorAsync(server);
        (HttpStatusCode status, JsonElement made, _) = await admin.SendAsync("POST", Users, """{"username":"bob","password":"correct horse","role":"readonly"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        string bob = $"{Users}/{made.GetProperty("id").GetInt64()}";
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync("PATCH", bob, """{"role":"superuser"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync("PATCH", bob, """{"password":"battery staple"}""")).Status);
        (_, JsonElement token, _) = await admin.SendAsync("POST", $"{Users}/me/token", """{"name":"ci","role":"readonly"}""");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync("DELETE", $"{Users}/me/token/{token.GetProperty("id").GetInt64()}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync("DELETE", bob)).Status);
        (_, JsonElement page, _) = await admin.SendAsync("GET", "/api/v2/audit?page_size=50");
        JsonElement[] lines = [.. page.GetProperty("results").EnumerateArray().Where(l => l.GetProperty("action").GetString() != "user.sign_in").Reverse()];
        Assert.Equal(
            [
                "admin user.create bob role readonly", "admin user.change bob role readonly -> superuser", "admin user.password bob ",
                "admin token.create admin 'ci' (1), role readonly, without an end", "admin token.delete admin token 1", "admin user.delete bob role superuser",
            ],
            lines.Select(l => $"{l.GetProperty("actor").GetString()} {l.GetProperty("action").GetString()} {l.GetProperty("object").GetString()} {l.GetProperty("detail").GetString()}"));
        Assert.DoesNotContain(token.GetProperty("token").GetString()!, page.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_tells_the_methods_and_an_unknown_method_gets_405()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using ApiClient admin = await ApiClient.AdministratorAsync(server);
        (HttpStatusCode status, _, HttpResponseMessage answer) = await admin.SendAsync("OPTIONS", "/api/v2/user/me");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["DELETE", "GET", "HEAD", "PATCH", "PUT", "OPTIONS"], answer.Content.Headers.Allow);
        (status, _, _) = await admin.SendAsync("POST", "/api/v2/info");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, status);
    }

    private static async Task AssertRefusedAsync(ApiClient client, string body, Action<HttpRequestMessage> change, string says)
    {
        (HttpStatusCode status, JsonElement answer, _) = await client.SendAsync("POST", Users, body, change: change);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains(says, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    private static string Cookie(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("XSRF-TOKEN=", StringComparison.Ordinal)).Split('=', ';')[1];

    private static IEnumerable<RouteEndpoint> Endpoints(ServerUnderTest server) => server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText is { } raw && (raw.StartsWith("/api/v1/", StringComparison.Ordinal) || raw.StartsWith("/api/v2/", StringComparison.Ordinal)))
        .Where(e => Method(e) != "OPTIONS");

    private static string Method(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];

    // A path that the endpoint matches, whatever its parameters are.
    private static string Path(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "fsid" } => Samples.Fsid,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "pgid" } => "1.0",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart => "1",
        _ => "",
    }))));
}
