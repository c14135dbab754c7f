using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kalmar.Cli.Configuration;
using Kalmar.Cli.Hosting;
using Kalmar.Manager.Clusters;
using Kalmar.Sandbox;
using Kalmar.Server;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary>The whole of Kalmar in this process, beside a real cluster, with a superuser's client.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly KalmarHost _host;
    private readonly TemporaryFolder _folder;

    private ApiHost(KalmarHost host, TemporaryFolder folder, FirstAdministrator administrator)
    {
        (_host, _folder, Administrator) = (host, folder, administrator);
        Address = new Uri(host.Addresses[0]);
        Http = NewClient(administrator.Name, administrator.Password);
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public FirstAdministrator Administrator { get; }

    public string Fsid { get; private set; } = "";

    /// <summary>The cluster's address in v2.</summary>
    public string C => $"/api/v2/cluster/{Fsid}";

    /// <param name="cluster">The cluster.</param>
    /// <param name="settings">More of the configuration.</param>
    public static async Task<ApiHost> StartAsync(SandboxCluster cluster, params IReadOnlyList<(string Key, string Value)> settings)
    {
        TemporaryFolder folder = new();
        Dictionary<string, string?> keys = new()
        {
            ["clusters:0:conf"] = cluster.ConfPath,
            ["data"] = folder.File("data"),
            ["listen"] = "http://127.0.0.1:0",
            ["history:enabled"] = "false",
            ["poll:usage"] = "1s",
            ["state:connection"] = await StateSwitch.NewDatabaseAsync(),
        };
        foreach ((string key, string value) in settings)
        {
            keys[key] = value;
        }

        KalmarOptions options = KalmarConfiguration.Load(null, keys, new Dictionary<string, string>());
        (KalmarHost host, FirstAdministrator? administrator) = await KalmarHost.StartAsync(options, TestContext.Current.CancellationToken);
        ApiHost api = new(host, folder, administrator!);
        await Eventually.TrueAsync("the cluster is known", async () =>
        {
            (_, JsonElement clusters) = await api.SendAsync("GET", "/api/v2/cluster");
            api.Fsid = clusters.GetArrayLength() > 0 ? clusters[0].GetProperty("id").GetString()! : "";
            return api.Fsid.Length > 0 && host.Clusters.Snapshots[0] is { OsdMap: { } map, Health: not null, Metadata: { } metadata, PoolCounters: not null, Quorum: not null }
                && map.Value.Osds.All(o => metadata.Value.ContainsKey(DaemonName.Of(o.Id)));
        }, TimeSpan.FromSeconds(60));
        return api;
    }

    public HttpClient NewClient(string name, string password) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))) },
    };

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        string method, string path, string? body = null, string contentType = "application/json", HttpClient? client = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, contentType);
        }

        using HttpResponseMessage answer = await (client ?? Http).SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        bool isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
        return (answer.StatusCode, text.Length == 0 ? default : isJson ? Parse(text) : JsonSerializer.SerializeToElement(text));
    }

    /// <summary>GET that must succeed.</summary>
    public async Task<JsonElement> GetAsync(string path) => await ExpectAsync(HttpStatusCode.OK, "GET", path);

    /// <summary>A request that must answer with a status.</summary>
    public async Task<JsonElement> ExpectAsync(HttpStatusCode expected, string method, string path, string? body = null, string contentType = "application/json")
    {
        (HttpStatusCode status, JsonElement answer) = await SendAsync(method, path, body, contentType);
        Assert.True(status == expected, $"{method} {path} {body}: {(int)status} instead of {(int)expected}: {answer}");
        return answer;
    }

    /// <summary>A change: 202 (or 200), and the request completes without an error.</summary>
    public async Task<JsonElement> ChangeAsync(
        string method, string path, string? body = null, HttpStatusCode expected = HttpStatusCode.Accepted, string contentType = "application/json", TimeSpan? limit = null)
    {
        JsonElement accepted = await ExpectAsync(expected, method, path, body, contentType);
        string id = accepted.GetProperty("request_id").GetString()!;
        JsonElement request = await CompleteAsync(id, limit ?? TimeSpan.FromSeconds(60));
        Assert.False(request.GetProperty("error").GetBoolean(), $"{method} {path} {body}: {request}");
        return request;
    }

    /// <summary>Waits until a request is complete.</summary>
    public async Task<JsonElement> CompleteAsync(string id, TimeSpan limit)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            JsonElement request = await GetAsync($"/api/v2/request/{id}");
            if (request.GetProperty("state").GetString() == "complete")
            {
                return request;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < limit, $"not complete within {limit}: {request}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private static JsonElement Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
