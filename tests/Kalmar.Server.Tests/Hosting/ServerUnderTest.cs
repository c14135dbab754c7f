using System.Net;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.State;
using Kalmar.Server.History;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server.Tests.Hosting;

/// <summary>The server as a host runs it, on a free port of loopback, with a state store of its own.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StateStore _store;
    private readonly bool _ownsFolder;

    private ServerUnderTest(WebApplication app, StateStore store, string folder, bool ownsFolder)
    {
        (_app, _store, Folder, _ownsFolder) = (app, store, folder, ownsFolder);
        Address = new Uri(app.Urls.Single());
    }

    public string Folder { get; }

    public Uri Address { get; }

    public FirstAdministrator? Administrator { get; private set; }

    public required FakeDirectory Clusters { get; init; }

    public required FakeHistory History { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>The clock, where the test did not bring another one.</summary>
    public ManualTime Time => (ManualTime)Clock;

    public required ListLogger Log { get; init; }

    public IUserStore Users => _store.Users;

    public IServiceProvider Services => _app.Services;

    public static async Task<ServerUnderTest> StartAsync(
        Func<KalmarServerOptions, KalmarServerOptions>? change = null, string? folder = null, TimeProvider? time = null, Action<WebApplication>? map = null, int port = 0)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        bool ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("kalmar-server-").FullName;
        time ??= new ManualTime(Samples.Start);
        FakeDirectory clusters = new();
        clusters.Set(Samples.Healthy(time.GetUtcNow()));
        FakeHistory history = new();
        ListLogger log = new();
        StateStore store = await StateStore.OpenAsync(new SqliteDatabase(Path.Combine(folder, "state.db")), time, cancellationToken);

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IClusterDirectory>(clusters);
        builder.Services.AddSingleton<IHistory>(history);
        builder.Services.AddSingleton(store);
        KalmarServerOptions options = new() { DataDirectory = folder, LiveHeartbeat = TimeSpan.FromMilliseconds(200), PasswordIterations = 1000 };
        builder.Services.AddKalmarServer(change?.Invoke(options) ?? options);
        WebApplication app = builder.Build();
        app.MapKalmar();
        map?.Invoke(app);
        FirstAdministrator? administrator = await app.EnsureAdministratorAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return new ServerUnderTest(app, store, folder, ownsFolder)
        {
            Administrator = administrator,
            Clusters = clusters,
            History = history,
            Clock = time,
            Log = log,
        };
    }

    /// <summary>A browser of its own: it keeps cookies and follows no redirect.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>A browser that is signed in as the administrator.</summary>
    public async Task<HttpClient> SignedInAsync()
    {
        HttpClient client = NewClient();
        HttpResponseMessage answer = await SignInAsync(client, Administrator!.Name, Administrator.Password);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return client;
    }

    /// <summary>Loads the sign-in page and sends its form.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string name, string password, string page = "/signin")
    {
        string html = await client.GetStringAsync(page, TestContext.Current.CancellationToken);
        return await PostAsync(client, page, html, new() { ["Input.Name"] = name, ["Input.Password"] = password, ["_handler"] = "signin" });
    }

    /// <summary>Sends a form with the token that a page carries.</summary>
    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string address, string page, Dictionary<string, string> form)
    {
        const string Before = "name=\"__RequestVerificationToken\" value=\"";
        int start = page.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        form["__RequestVerificationToken"] = WebUtility.HtmlDecode(page[start..page.IndexOf('"', start)]);
        return client.PostAsync(address, new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
