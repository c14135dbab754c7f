using System.Diagnostics;
using Kalmar.Sandbox.Processes;
using Kalmar.Sandbox.Tools;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>Signals reach the process that was meant, and programs that hang are ended.</summary>
public sealed class ProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_with_the_same_number_but_another_start_is_not_signalled()
    {
        using Process sleep = Process.Start("sleep", "60");
        long started = long.Parse(File.ReadAllText($"/proc/{sleep.Id}/stat").Split(' ')[21]);
        Assert.False(ProcessSignals.Send(new ProcessIdentity(sleep.Id, started - 1), ProcessSignal.Kill));
        Assert.True(ProcessTable.IsAlive(new ProcessIdentity(sleep.Id, started)));
        Assert.True(ProcessSignals.Send(new ProcessIdentity(sleep.Id, started), ProcessSignal.Kill));
        Assert.True(await ProcessSignals.WaitForEndAsync(new ProcessIdentity(sleep.Id, started), TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation));
        Assert.False(ProcessSignals.Send(new ProcessIdentity(sleep.Id, started), ProcessSignal.Kill));
    }

    [Fact]
    public async Task Only_daemon_programs_with_the_very_conf_are_taken_for_a_sandbox_s()
    {
        using TemporaryFolder folder = new();
        string osd = folder.File("ceph-osd");

        // A shell that waits for its input, under the name and with the arguments of a daemon.
        File.CreateSymbolicLink(osd, "/bin/bash");
        using Process stand = Start(osd, ["-c", "read -r line"]);
        Assert.Empty(ProcessTable.Find("/another.conf"));
        DaemonProcess found = Assert.Single(ProcessTable.Find("read -r line"), p => p.Identity.Pid == stand.Id);
        Assert.Equal("7", found.Id);
        Assert.True(found.Is(new SandboxDaemon(SandboxDaemonKind.Osd, "7")));
        Assert.False(found.Is(new SandboxDaemon(SandboxDaemonKind.Monitor, "7")));
        Assert.True(ProcessSignals.Send(found.Identity, ProcessSignal.Kill));
        await stand.WaitForExitAsync(Cancellation);

        static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, [.. arguments, "-i", "7"]) { UseShellExecute = false, RedirectStandardInput = true })!;
    }

    [Fact]
    public async Task Program_that_hangs_is_ended_after_its_time()
    {
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => new ToolRunner(TimeProvider.System).RunAsync("sleep", ["600"], null, TimeSpan.FromMilliseconds(100), null, Cancellation));
        Assert.Equal(SandboxErrorKind.Timeout, error.Kind);
        Assert.StartsWith("sleep did not end within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_is_not_there_is_told_with_what_to_install()
    {
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => new ToolRunner(TimeProvider.System).RunAsync("ceph-no-such", [], null, TimeSpan.FromMinutes(1), null, Cancellation));
        Assert.Equal(SandboxErrorKind.CephMissing, error.Kind);
        Assert.Contains("sudo apt-get install ceph-mon", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_s_input_output_and_exit_code_are_passed_on()
    {
        ToolResult result = await new ToolRunner(TimeProvider.System).RunAsync("sh", ["-c", "cat; echo wrong >&2; exit 3"], "given\n", TimeSpan.FromMinutes(1), null, Cancellation);
        Assert.Equal(new ToolResult(3, "given\n", "wrong\n"), result);
        Assert.Equal("wrong", result.LastLine);
    }
}
