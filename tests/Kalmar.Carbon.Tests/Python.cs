using System.Diagnostics;

namespace Kalmar.Carbon.Tests;

/// <summary>Runs a Python program with Debian's carbon and whisper in reach.</summary>
internal static class Python
{
    public static async Task<string> RunAsync(string program, string input = "", params string[] arguments)
    {
        Assert.True(File.Exists("/usr/bin/carbon-cache"), "graphite-carbon is not installed: apt-get install graphite-carbon");
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
