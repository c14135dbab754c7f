using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Kalmar.Testing;

namespace Kalmar.Cli.Tests.Carbon;

/// <summary><c>kalmar carbon</c> as a process of its own.</summary>
internal sealed class CarbonProcess : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Lock _gate = new();
    private readonly Process _process;

    private CarbonProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until it has told its ports.</summary>
    /// <param name="ready">What it prints when it is ready.</param>
    /// <param name="conf">carbon.conf.</param>
    /// <param name="before">A shell command that is run in a mount namespace of its own first; null for none.</param>
    /// <param name="more">More arguments.</param>
    public static Task<CarbonProcess> StartAsync(string conf, string ready, string? before = null, params string[] more) =>
        StartAsync(ready, before, ["carbon", "-c", conf, .. more]);

    /// <summary>Starts <c>kalmar serve</c> and waits until it has told its address.</summary>
    /// <param name="configuration">Its file.</param>
    /// <param name="before">A shell command that is run in a mount namespace of its own first.</param>
    public static Task<CarbonProcess> ServeAsync(string configuration, string before) =>
        StartAsync("Kalmar is up", before, ["serve", "--config", configuration]);

    private static async Task<CarbonProcess> StartAsync(string ready, string? before, IReadOnlyList<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "kalmar");
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (before is null)
        {
            start.FileName = program;
        }
        else
        {
            // Root of a user namespace may mount, whoever runs the tests; the mount goes away with the process.
            start.FileName = RealTool.Path("unshare", "util-linux");
            foreach (string argument in new[] { "-rm", "sh", "-c", before + " && exec \"$0\" \"$@\"", program })
            {
                start.ArgumentList.Add(argument);
            }
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var carbon = new CarbonProcess(Process.Start(start)!);
        carbon._process.OutputDataReceived += carbon.Take;
        carbon._process.ErrorDataReceived += carbon.Take;
        carbon._process.BeginOutputReadLine();
        carbon._process.BeginErrorReadLine();
        await carbon.ToldAsync(ready);
        return carbon;
    }

    /// <summary>Waits until it has printed something a number of times.</summary>
    public Task ToldAsync(string text, int times = 1) => Eventually.TrueAsync($"it tells '{text}'", () =>
    {
        Assert.False(_process.HasExited, $"kalmar carbon has ended: {Output}");
        return Task.FromResult(Output.Split(text).Length > times);
    });

    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to stop as a service manager does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await RealTool.RunAsync("kill", "-TERM", $"{_process.Id}");
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Sends lines and waits until the other end has read all of them; false when the connection broke before.</summary>
    public static async Task<bool> TrySendAsync(int port, byte[] lines)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(lines, TestContext.Current.CancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            return await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken) == 0;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_gate)
        {
            _output.AppendLine(line.Data);
        }
    }
}
