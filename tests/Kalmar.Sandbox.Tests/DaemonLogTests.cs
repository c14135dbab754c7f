using Kalmar.Sandbox.Tools;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>Which line of a log is told when a daemon dies.</summary>
public sealed class DaemonLogTests
{
    private static readonly SandboxDaemon Osd = new(SandboxDaemonKind.Osd, "0");

    [Fact]
    public void Cause_is_told_rather_than_what_follows_from_it_or_what_is_always_said()
    {
        const string log = """
            2026-11-21T01:18:40.141+0000 7f84935391c0 -1 Falling back to public interface
            2026-11-21T01:18:40.142+0000 7f84935391c0  1 bdev(0x55cdcd7be310 /s/osd/0/block) close
            2026-11-21T01:18:40.143+0000 7f84935391c0 -1 bdev(0x55cdcd7be310 /s/osd/0/block) open open got: (13) Permission denied
            2026-11-21T01:18:40.150+0000 7f84935391c0 -1 osd.0 0 OSD:init: unable to mount object store
            2026-11-21T01:18:40.151+0000 7f84935391c0 -1  ** ERROR: osd init failed: (13) Permission denied

            """;
        Assert.Equal("bdev(0x55cdcd7be310 /s/osd/0/block) open open got: (13) Permission denied", DaemonLog.LastError(log));
    }

    [Theory]
    [InlineData("unable to bind to v2:127.0.0.1:20000/0: (98) Address already in use", SandboxErrorKind.PortTaken)]
    [InlineData("bluestore(/s/osd/0) mkfs failed, (28) No space left on device", SandboxErrorKind.DiskFull)]
    [InlineData("something unheard of", SandboxErrorKind.DaemonFailed)]
    public void Kind_of_error_follows_from_the_reason(string reason, SandboxErrorKind kind)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("osd.0.log"), $"2026-11-21T01:18:40.143+0000 7f84935391c0 -1 {reason}\n");
        SandboxException error = DaemonLog.Failed(Osd, folder.File("osd.0.log"), null);
        Assert.Equal(kind, error.Kind);
        Assert.Equal($"osd.0 ended while it was being started: {reason} (log: {folder.File("osd.0.log")})", error.Message);
    }

    [Fact]
    public void Without_a_log_the_program_s_own_words_are_told()
    {
        SandboxException error = DaemonLog.Failed(Osd, "/nowhere/osd.0.log", new ToolResult(1, string.Empty, "first\nlast words\n\n"));
        Assert.Contains("last words", error.Message, StringComparison.Ordinal);
    }
}
