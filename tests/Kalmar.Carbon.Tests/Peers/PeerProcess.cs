using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Kalmar.Testing;

namespace Kalmar.Carbon.Tests.Peers;

/// <summary>A real program beside us, stopped with the test.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private PeerProcess(Process process) => _process = process;

    public static PeerProcess Start(string program, string package, string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(RealTool.Path(program, package)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var peer = new PeerProcess(Process.Start(start)!);
        peer._process.OutputDataReceived += peer.Take;
        peer._process.ErrorDataReceived += peer.Take;
        peer._process.BeginOutputReadLine();
        peer._process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Waits until it takes connections.</summary>
    public Task ListensAsync(int port) => Eventually.TrueAsync($"port {port} is open", async () =>
    {
        Assert.False(_process.HasExited, Output);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    /// <summary>Waits until it has done what it was started for.</summary>
    public async Task EndsAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(_process.ExitCode == 0, Output);
    }

    /// <summary>Asks it to stop and waits.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            await RealTool.RunAsync("kill", $"{_process.Id}");
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
