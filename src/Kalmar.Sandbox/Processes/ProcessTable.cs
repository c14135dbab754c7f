using System.Globalization;
using System.Text;

namespace Kalmar.Sandbox.Processes;

/// <summary>
/// Finds a sandbox's daemons in <c>/proc</c> by their command line: a daemon program that was given the sandbox's own ceph.conf. No pid is ever
/// remembered, so one that the kernel gave to somebody else since cannot be mistaken, and daemons are found whoever started them.
/// </summary>
internal static class ProcessTable
{
    private const long TicksPerSecond = 100;
    private static readonly string[] Programs = ["ceph-mon", "ceph-mgr", "ceph-osd", "ceph-mds", "radosgw"];

    /// <summary>All live daemon processes of the sandbox with this ceph.conf, in the order in which they were started.</summary>
    public static IReadOnlyList<DaemonProcess> Find(string confPath)
    {
        List<DaemonProcess> found = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && Read(pid, confPath) is { } process)
            {
                found.Add(process);
            }
        }

        found.Sort((a, b) => a.Identity.StartTicks != b.Identity.StartTicks
            ? a.Identity.StartTicks.CompareTo(b.Identity.StartTicks)
            : a.Identity.Pid.CompareTo(b.Identity.Pid));
        return found;
    }

    /// <summary>Whether this very process is still there and not only waiting to be collected by its parent.</summary>
    public static bool IsAlive(ProcessIdentity process) => ReadStat(process.Pid) is { } stat && stat.StartTicks == process.StartTicks && !stat.Ended;

    /// <summary>When a process was started, from the machine's start and the process's ticks.</summary>
    public static DateTimeOffset? StartedAt(ProcessIdentity process)
    {
        foreach (string line in File.ReadLines("/proc/stat"))
        {
            if (line.StartsWith("btime ", StringComparison.Ordinal) && long.TryParse(line.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out long boot))
            {
                return DateTimeOffset.FromUnixTimeMilliseconds((boot * 1000) + (process.StartTicks * 1000 / TicksPerSecond));
            }
        }

        return null;
    }

    private static DaemonProcess? Read(int pid, string confPath)
    {
        if (ReadFile($"/proc/{pid}/cmdline") is not { Length: > 0 } text)
        {
            return null;
        }

        string[] args = text.Split('\0');
        string program = Path.GetFileName(args[0]);
        if (!Programs.Contains(program, StringComparer.Ordinal)
            || !string.Equals(Value(args, "-c"), confPath, StringComparison.Ordinal)
            || (Value(args, "-i") ?? Value(args, "-n")) is not { } id
            || ReadStat(pid) is not { Ended: false } stat)
        {
            return null;
        }

        return new DaemonProcess(new ProcessIdentity(pid, stat.StartTicks), program, id, !args.Contains("--mkfs", StringComparer.Ordinal), stat.Frozen);
    }

    private static string? Value(string[] args, string option)
    {
        int index = Array.IndexOf(args, option);
        return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
    }

    private static (long StartTicks, bool Frozen, bool Ended)? ReadStat(int pid)
    {
        // "pid (name) state …": the name may hold blanks and brackets, so the last bracket counts.
        string? text = ReadFile($"/proc/{pid}/stat");
        int end = text?.LastIndexOf(')') ?? -1;
        if (end < 0)
        {
            return null;
        }

        // The first thread of a process may be gone while others still hold its files and locks: it has ended when it has no other thread.
        string[] fields = text![(end + 2)..].Split(' ');
        return fields.Length > 19 && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? (ticks, fields[0] is "T" or "t", fields[0] is "X" || (fields[0] is "Z" && fields[17] is "0" or "1"))
            : null;
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process ended while we looked, or is none of our business.
            return null;
        }
    }
}
