using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.Carbon.Tests.RemoteWrite;

/// <summary>Debian's Prometheus with its remote-write receiver on, in a folder of its own; stopped and started as often as wanted.</summary>
internal sealed class RealPrometheus : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private Process? _process;

    public int Port { get; } = FreePorts.Take();

    public string WriteUrl => $"http://127.0.0.1:{Port}/api/v1/write";

    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(_folder.File("prometheus.yml"), "global: { scrape_interval: 1h }\n", TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(RealTool.Path("prometheus")) { UseShellExecute = false, RedirectStandardError = true };
        foreach (string argument in new[]
        {
            $"--config.file={_folder.File("prometheus.yml")}", $"--storage.tsdb.path={_folder.File("data")}", $"--web.listen-address=127.0.0.1:{Port}",
            "--web.enable-remote-write-receiver", "--log.level=error",
        })
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync("Prometheus is ready", async () =>
        {
            try
            {
                return (await _http.GetAsync($"http://127.0.0.1:{Port}/-/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await RealTool.RunAsync("kill", $"{process.Id}");
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.Dispose();
        }
    }

    /// <summary>The one number that a query gives; 0 when it gives nothing.</summary>
    public async Task<double> NumberAsync(string query)
    {
        using JsonDocument answer = await AskAsync(query);
        JsonElement result = answer.RootElement.GetProperty("data").GetProperty("result");
        return result.GetArrayLength() == 0 ? 0 : double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
    }

    /// <summary>How many samples a range of series has.</summary>
    public async Task<int> CountAsync(string range)
    {
        using JsonDocument answer = await AskAsync(range);
        return answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Sum(s => s.GetProperty("values").GetArrayLength());
    }

    private async Task<JsonDocument> AskAsync(string query) => JsonDocument.Parse(await _http.GetStringAsync(
        $"http://127.0.0.1:{Port}/api/v1/query?query={Uri.EscapeDataString(query)}", TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
