using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests;

/// <summary>The built <c>kalmar</c> program as a process of its own, as a user runs it.</summary>
public sealed class KalmarProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Lock _gate = new();

    private KalmarProcess(Process process) => _process = process;

    /// <summary>The program that was built together with these tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "kalmar");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Everything that it printed so far, on both streams.</summary>
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

    public static KalmarProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NO_COLOR"] = "1";
        start.Environment["COLUMNS"] = "200";
        var process = new KalmarProcess(Process.Start(start)!);
        process.Read();
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Waits until the output holds a text, and fails with the whole output when the process ends or the time is over.</summary>
    public async Task<string> WaitForAsync(string text, TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > limit)
            {
                Assert.Fail($"'{text}' did not come ({(_process.HasExited ? $"exit code {_process.ExitCode}" : $"within {limit}")}); output:\n{Output}");
            }

            await Task.Delay(50);
        }

        return Output;
    }

    /// <summary>Ctrl-C, as a terminal sends it, and waits for the end.</summary>
    public async Task<int> InterruptAsync()
    {
        await RealTool.RunAsync("kill", [IgnoresInterrupts() ? "-TERM" : "-INT", $"{_process.Id}"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>A shell's background job, and all that it starts, ignores SIGINT from its first moment on; such a program is ended by SIGTERM.</summary>
    private bool IgnoresInterrupts()
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(static l => l.StartsWith("SigIgn:", StringComparison.Ordinal));
        ulong ignored = ulong.Parse(line["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ignored & (1UL << (2 - 1))) != 0;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            try
            {
                await InterruptAsync();
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }

        _process.Dispose();
    }

    private void Read()
    {
        _process.OutputDataReceived += (_, e) => Append(e.Data);
        _process.ErrorDataReceived += (_, e) => Append(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Append(string? line)
    {
        lock (_gate)
        {
            _output.AppendLine(line);
        }
    }
}
