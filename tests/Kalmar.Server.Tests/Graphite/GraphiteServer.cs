using System.Net;
using Kalmar.Graphite.Sources;
using Kalmar.Graphite.Tags;
using Kalmar.Server.Endpoints;
using Kalmar.Whisper;
using Microsoft.AspNetCore.Builder;

namespace Kalmar.Server.Tests.Graphite;

/// <summary>Graphite's API alone, as <c>kalmar graphite</c> runs it, over a small folder of Whisper files on a free port.</summary>
internal sealed class GraphiteServer : IAsyncDisposable
{
    /// <summary>The time of the last point, about now.</summary>
    public static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;

    private readonly WebApplication _app;
    private readonly WhisperFolderSource _source;

    private GraphiteServer(WebApplication app, WhisperFolderSource source, string folder)
    {
        (_app, _source, Folder) = (app, source, folder);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The folder above the Whisper files.</summary>
    public string Folder { get; }

    public WhisperFolderSource Source => _source;

    public HttpClient Client { get; }

    public static async Task<GraphiteServer> StartAsync(Func<GraphiteOptions, GraphiteOptions>? change = null)
    {
        string folder = Directory.CreateTempSubdirectory("kalmar-graphite-").FullName;
        foreach (string name in new[] { "servers.web1.cpu", "servers.web2.cpu", "servers.web1.net", "disk.used;rack=a1;server=web01", "disk.used;rack=b2;server=web02" })
        {
            Make(Path.Combine(folder, "whisper"), name);
        }

        var source = new WhisperFolderSource(Path.Combine(folder, "whisper"));
        TagIndex tags = await TagIndex.OpenAsync(null, CancellationToken.None);
        await tags.TagSeriesAsync(["disk.used;rack=a1;server=web01", "disk.used;rack=b2;server=web02"], CancellationToken.None);
        var options = new GraphiteOptions { Source = source, Tags = tags, AnonymousRead = GraphiteAudience.Loopback, AnonymousWrite = GraphiteAudience.Loopback, OwnsRoot = true };
        WebApplication app = GraphiteStandalone.Create(new IPEndPoint(IPAddress.Loopback, 0), change?.Invoke(options) ?? options, TimeProvider.System);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new GraphiteServer(app, source, folder);
    }

    public static void Make(string folder, string name)
    {
        string path = MetricPath.FileOf(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using WhisperFile file = WhisperFile.Create(path, RetentionPolicy.Parse("60s:1d"));
        file.UpdateMany([.. Enumerable.Range(0, 180).Select(i => new WhisperPoint((uint)(Now - (60 * i)), i))], Now);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _source.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
