using System.Net;
using System.Text;
using System.Text.Json;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Access;
using Kalmar.Server.Security;
using Kalmar.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Kalmar.Server.Tests.Calamari;

/// <summary>A program that talks to the API.</summary>
internal sealed class ApiClient(HttpClient http) : IDisposable
{
    public HttpClient Http => http;

    /// <summary>Somebody with a session cookie and its token, signed in as Calamari's client does.</summary>
    public static async Task<ApiClient> SignInAsync(ServerUnderTest server, string name, string password)
    {
        CookieContainer cookies = new();
        HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = server.Address };
        ApiClient client = new(http);
        (HttpStatusCode status, _, _) = await client.SendAsync("POST", "/api/v2/auth/login", $$"""{"username":"{{name}}","password":"{{password}}"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        http.DefaultRequestHeaders.Add(CsrfTokens.HeaderName, cookies.GetCookies(server.Address)[CsrfTokens.CookieName]!.Value);
        return client;
    }

    /// <summary>Somebody of a role, made for the purpose.</summary>
    public static async Task<ApiClient> OfRoleAsync(ServerUnderTest server, UserRole role)
    {
        const string Password = "correct horse 1";
        string name = $"user{(int)role}";
        string hash = await server.Services.GetRequiredService<PasswordHashing>().HashAsync(Password, TestContext.Current.CancellationToken);
        await server.Users.CreateAsync(new NewUser(name, "", role, hash), TestContext.Current.CancellationToken);
        return await SignInAsync(server, name, Password);
    }

    public static Task<ApiClient> AdministratorAsync(ServerUnderTest server) => SignInAsync(server, server.Administrator!.Name, server.Administrator.Password);

    public async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Answer)> SendAsync(
        string method, string path, string? body = null, string contentType = "application/json", Action<HttpRequestMessage>? change = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, contentType);
        }

        change?.Invoke(request);
        HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonElement element = default;
        if (text.Length > 0 && answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            element = document.RootElement.Clone();
        }

        return (answer.StatusCode, element, answer);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        (HttpStatusCode status, JsonElement body, _) = await SendAsync("GET", path);
        Assert.True(status == HttpStatusCode.OK, $"GET {path}: {(int)status} {body}");
        return body;
    }

    public void Dispose() => http.Dispose();
}
