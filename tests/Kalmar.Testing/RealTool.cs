using Kalmar.Sandbox.Tools;

namespace Kalmar.Testing;

/// <summary>Runs a real external program, to compare with. When it is not installed, the test fails and says which package brings it.</summary>
public static class RealTool
{
    /// <summary>Programs whose package has another name.</summary>
    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["ceph"] = "ceph-common",
        ["rados"] = "ceph-common",
        ["rbd"] = "ceph-common",
        ["ceph-authtool"] = "ceph-common",
        ["ceph-conf"] = "ceph-common",
        ["osdmaptool"] = "ceph-base",
        ["monmaptool"] = "ceph-base",
        ["crushtool"] = "ceph-base",
        ["ceph-dencoder"] = "ceph-test",
        ["whisper-info"] = "python3-whisper",
        ["whisper-dump"] = "python3-whisper",
        ["whisper-fetch"] = "python3-whisper",
        ["whisper-create"] = "python3-whisper",
        ["whisper-update"] = "python3-whisper",
        ["carbon-cache"] = "graphite-carbon",
        ["graphite-manage"] = "graphite-web",
    };

    private static readonly ToolRunner Runner = new(TimeProvider.System);

    /// <summary>The program's path; fails the test when it is not installed.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="package">The Debian package that brings it; null when it is known here or called the same.</param>
    public static string Path(string program, string? package = null)
    {
        string? path = Runner.Find(program);
        if (path is null)
        {
            Assert.Fail($"'{program}' is not installed; run: apt-get install {package ?? Packages.GetValueOrDefault(program, program)}");
        }

        return path;
    }

    /// <summary>Runs it to its end, whatever its exit code.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="timeout">How long it may take; null for a minute.</param>
    public static Task<ToolResult> TryRunAsync(string program, IReadOnlyList<string> arguments, string? input = null, TimeSpan? timeout = null) =>
        Runner.RunAsync(Path(program), arguments, input, timeout ?? TimeSpan.FromMinutes(1), null, TestContext.Current.CancellationToken);

    /// <summary>Runs it, asserts that it succeeded, and returns what it wrote to standard output.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">What it is given.</param>
    public static async Task<string> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        ToolResult result = await TryRunAsync(program, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {result.ExitCode}: {result.Error}");
        return result.Output;
    }
}
