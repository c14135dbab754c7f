using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Kalmar.Sandbox.Tools;

/// <summary>Runs programs of this machine, without the environment variables that would lead Ceph's tools to another cluster.</summary>
/// <param name="time">The clock.</param>
public sealed class ToolRunner(TimeProvider time) : IToolRunner
{
    private const int MaximumOutput = 4 << 20;
    private const int MaximumLine = 64 << 10;

    /// <inheritdoc/>
    public async Task<ToolResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string? input,
        TimeSpan timeout,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        using Process process = Start(program, arguments);
        using CancellationTokenSource limit = new(timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Task<string> output = CollectAsync(process.StandardOutput, onLine, either.Token);
        Task<string> error = CollectAsync(process.StandardError, onLine, either.Token);
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), either.Token).ConfigureAwait(false);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);

            // A daemon that went to the background may have kept our pipes for a moment longer than its parent lived.
            either.CancelAfter(TimeSpan.FromSeconds(5));
            return new ToolResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (IOException e) when (!either.IsCancellationRequested)
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            string last = new ToolResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false)).LastLine;
            throw new SandboxException(SandboxErrorKind.DaemonFailed, $"{program} ended before it had read its input: {last}", e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxException(SandboxErrorKind.Timeout, $"{program} did not end within {timeout.TotalSeconds:0} s; is the machine overloaded?");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <inheritdoc/>
    public string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(program) ? program : null;
        }

        string path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        return path.Split(':').Concat(["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin"])
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Starts a program with all three streams redirected; the caller owns it.</summary>
    internal Process Start(string program, IReadOnlyList<string> arguments)
    {
        string path = Find(program) ?? throw Missing(program, null);
        ProcessStartInfo start = new(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment.Remove("CEPH_ARGS");
        start.Environment.Remove("CEPH_CONF");
        start.Environment.Remove("CEPH_KEYRING");
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["PYTHONUNBUFFERED"] = "1";
        try
        {
            return Process.Start(start) ?? throw Missing(program, null);
        }
        catch (Win32Exception e)
        {
            throw Missing(program, e);
        }
    }

    private static SandboxException Missing(string program, Exception? cause) =>
        new(SandboxErrorKind.CephMissing, $"'{program}' is not installed or cannot be run; install Ceph: sudo apt-get install ceph-mon ceph-mgr ceph-osd ceph-mds radosgw ceph-common", cause);

    private static async Task<string> CollectAsync(StreamReader reader, Action<string>? onLine, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        StringBuilder line = new();
        char[] buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            {
                text.Append(buffer, 0, Math.Min(count, MaximumOutput - text.Length));
                if (onLine is not null)
                {
                    PassOnLines(buffer.AsSpan(0, count), line, onLine);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program was given up (the caller says so), or a daemon keeps the pipe open: what came until now is what there is.
            return text.ToString();
        }

        return text.ToString();
    }

    private static void PassOnLines(ReadOnlySpan<char> text, StringBuilder line, Action<string> onLine)
    {
        while (text.IndexOf('\n') is >= 0 and int end)
        {
            onLine(line.Append(text[..end]).ToString());
            line.Clear();
            text = text[(end + 1)..];
        }

        // A line without an end is passed on no further than this.
        line.Append(text[..Math.Min(text.Length, Math.Max(0, MaximumLine - line.Length))]);
    }
}
