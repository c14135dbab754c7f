using Kalmar.Sandbox.Tools;

namespace Kalmar.Sandbox;

/// <summary>Finds in a daemon's log, or in what its program wrote, the line that says why it ended.</summary>
internal static class DaemonLog
{
    private const int Tail = 64 << 10;

    /// <summary>What daemons say at the level of errors on an ordinary start.</summary>
    private static readonly string[] Noise =
        ["log_to_monitors", "Falling back to public interface", "missing NOTIFY_TYPES", "received  signal", "_read_fsid unparsable", "set_numa_affinity", "_read_bdev_label failed to open"];

    /// <summary>What only follows from the error before it.</summary>
    private static readonly string[] Followers = ["** ERROR: osd init failed", "unable to mount object store", "failed to initialize"];

    /// <summary>An error for a daemon that ended while it was being started.</summary>
    public static SandboxException Failed(SandboxDaemon daemon, string logPath, ToolResult? result)
    {
        // With the log on a full disk, standard error is all there is.
        string reason = LastError(ReadTail(logPath)) ?? (result is null ? null : LastError(result.Error) ?? result.LastLine) ?? "no reason given";
        return new SandboxException(KindOf(reason), $"{daemon} ended while it was being started: {reason} (log: {logPath})");
    }

    /// <summary>An error for one of Ceph's tools that failed.</summary>
    public static SandboxException ToolFailed(string program, string folder, ToolResult result)
    {
        string reason = LastError(result.Error) ?? result.LastLine;
        return new SandboxException(KindOf(reason), $"{program} failed in '{folder}' (exit code {result.ExitCode}): {reason}");
    }

    public static bool SaysDiskFull(string text) =>
        text.Contains("No space left", StringComparison.OrdinalIgnoreCase) || text.Contains("ENOSPC", StringComparison.Ordinal) || text.Contains("(28)", StringComparison.Ordinal);

    /// <summary>The last line of level -1 that is a reason, without its time and thread; of several on the same moment, the first.</summary>
    internal static string? LastError(string text)
    {
        string? last = null;
        foreach (string line in text.Split('\n'))
        {
            // "2026-11-21T01:18:38.545+0000 7f3334a0c1c0 -1 text"
            string[] parts = line.Split(' ', 4);
            if (parts.Length == 4 && parts[2] is "-1" && parts[3].Trim() is { Length: > 0 } found && !Noise.Any(found.Contains))
            {
                last = last is not null && Followers.Any(found.Contains) ? last : found;
            }
        }

        return last;
    }

    private static SandboxErrorKind KindOf(string reason) =>
        reason.Contains("Address already in use", StringComparison.OrdinalIgnoreCase) || reason.Contains("unable to bind", StringComparison.OrdinalIgnoreCase) ? SandboxErrorKind.PortTaken
        : SaysDiskFull(reason) ? SandboxErrorKind.DiskFull
        : SandboxErrorKind.DaemonFailed;

    private static string ReadTail(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(-Math.Min(stream.Length, Tail), SeekOrigin.End);
            using StreamReader reader = new(stream);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
