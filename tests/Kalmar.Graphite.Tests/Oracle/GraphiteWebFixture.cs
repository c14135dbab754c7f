using System.Diagnostics;
using System.Text;
using Kalmar.Graphite.Sources;
using Kalmar.Graphite.Tags;
using Kalmar.Testing;

[assembly: AssemblyFixture(typeof(Kalmar.Graphite.Tests.Oracle.GraphiteWebFixture))]

namespace Kalmar.Graphite.Tests.Oracle;

/// <summary>
/// The real graphite-web from Debian's packages (graphite-web, gunicorn) on loopback, over a folder of Whisper files that our side reads too. Started when a
/// test first asks for it.
/// </summary>
public sealed class GraphiteWebFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "kalmar-graphite-" + Guid.NewGuid().ToString("N"));
    private HttpClient? _client;
    private Process? _process;

    public string WhisperFolder => Path.Combine(_folder, "storage", "whisper");

    /// <summary>Lines of Python after the settings.</summary>
    public string ExtraSettings { get; init; } = string.Empty;

    /// <summary>The tagged series that both sides know.</summary>
    public TagIndex Tags { get; private set; } = null!;

    public WhisperFolderSource Source { get; private set; } = null!;

    /// <summary>The client of the running oracle.</summary>
    public async Task<HttpClient> StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return _client ??= await LaunchAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _client?.Dispose();
        Source?.Dispose();
        _gate.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private async Task<HttpClient> LaunchAsync()
    {
        if (!File.Exists("/usr/lib/python3/dist-packages/graphite/__init__.py") || !File.Exists("/usr/bin/gunicorn"))
            Assert.Fail("graphite-web is not installed: apt-get install graphite-web gunicorn");
        foreach (var folder in new[] { "conf", "storage/whisper", "storage/lists", "log" }) Directory.CreateDirectory(Path.Combine(_folder, folder));
        OracleData.Write(WhisperFolder);
        Source = new WhisperFolderSource(WhisperFolder);
        File.WriteAllText(Path.Combine(_folder, "conf", "oracle_settings.py"), OracleScripts.Settings(_folder) + "\n" + ExtraSettings);
        File.WriteAllText(Path.Combine(_folder, "conf", "oracle_wsgi.py"), OracleScripts.Wsgi);
        File.WriteAllText(Path.Combine(_folder, "conf", "graphTemplates.conf"), OracleScripts.Templates);
        File.WriteAllText(Path.Combine(_folder, "storage", "index"), string.Empty);
        await RunAsync("/usr/bin/graphite-manage", "migrate", "--run-syncdb");
        var port = FreePorts.Take();
        _process = Start("/usr/bin/gunicorn", "--bind", $"127.0.0.1:{port}", "--workers", "2", "--timeout", "120", "--log-level", "critical", "oracle_wsgi:application");
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(100) };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync("version/");
                if (answer.IsSuccessStatusCode) return await TagAsync(client);
            }
            catch (HttpRequestException) when (attempt < 300 && !_process.HasExited)
            {
                await Task.Delay(100);
                continue;
            }

            if (attempt >= 300) Assert.Fail("graphite-web does not answer: " + File.ReadAllText(Path.Combine(_folder, "log", "out")));
            await Task.Delay(100);
        }
    }

    private async Task<HttpClient> TagAsync(HttpClient client)
    {
        Tags = await TagIndex.OpenAsync(null, CancellationToken.None);
        await Tags.TagSeriesAsync(OracleData.Tagged, CancellationToken.None);
        using var form = new FormUrlEncodedContent(OracleData.Tagged.Select(t => KeyValuePair.Create("path", t)));
        using var answer = await client.PostAsync("tags/tagMultiSeries", form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return client;
    }

    private Process Start(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = _folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec \"$0\" \"$@\" > '{_folder}/log/out' 2>&1");
        start.ArgumentList.Add(file);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["PYTHONPATH"] = Path.Combine(_folder, "conf");
        start.Environment["DJANGO_SETTINGS_MODULE"] = "graphite.settings";
        start.Environment["GRAPHITE_SETTINGS_MODULE"] = "oracle_settings";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment.Remove("PYENV_VERSION");
        return Process.Start(start)!;
    }

    private async Task RunAsync(string file, params string[] arguments)
    {
        using var process = Start(file, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) Assert.Fail($"{file} ended with {process.ExitCode}: " + File.ReadAllText(Path.Combine(_folder, "log", "out"), Encoding.UTF8));
    }
}
