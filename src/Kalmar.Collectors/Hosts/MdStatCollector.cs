using System.Text.RegularExpressions;

namespace Kalmar.Collectors.Hosts;

/// <summary>
/// <c>mdstat.MD.member_count.{active,faulty,spare}</c>, <c>status.{blocks,superblock_version,raid_level,chunk_size,total_members,actual_members}</c>,
/// <c>bitmap.{allocated_pages,total_pages,page_size,chunk_size}</c> and, while it is being rebuilt, <c>recovery.{percent,speed,remaining_time}</c>
/// (bytes per second, milliseconds): the state of software RAID. Sizes are in bytes, blocks in kB. From <c>/proc/mdstat</c>; a machine without that file has no samples.
/// </summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
public sealed partial class MdStatCollector(string hostBranch, HostCollectorOptions options) : HostCollector("mdstat", "mdstat", hostBranch, options)
{
    private protected override void Collect(HostSamples samples)
    {
        if (!Proc.Exists("mdstat"))
        {
            return;
        }

        string? array = null;
        foreach (string line in Proc.ReadText("mdstat").Split('\n'))
        {
            if (ArrayLine().Match(line) is { Success: true } start)
            {
                array = MetricNames.Clean(start.Groups["name"].Value);
                AddMembers(samples, array, start.Groups["members"].Value);
            }
            else if (line.Length == 0 || !char.IsWhiteSpace(line[0]))
            {
                array = null;
            }
            else if (array is not null)
            {
                AddDetail(samples, array, line);
            }
        }
    }

    private static void AddMembers(HostSamples samples, string array, string members)
    {
        string[] devices = [.. members.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(device => device.Contains('[', StringComparison.Ordinal))];
        int faulty = devices.Count(device => device.EndsWith("(F)", StringComparison.Ordinal));
        int spare = devices.Count(device => device.EndsWith("(S)", StringComparison.Ordinal));
        samples.Add($"{array}.member_count.active", devices.Length - faulty - spare);
        samples.Add($"{array}.member_count.faulty", faulty);
        samples.Add($"{array}.member_count.spare", spare);
    }

    private static void AddDetail(HostSamples samples, string array, string line)
    {
        Add(samples, $"{array}.status", BlocksLine().Match(line), ("blocks", 1));
        if (line.Contains(" blocks", StringComparison.Ordinal))
        {
            Add(samples, $"{array}.status", SuperblockPart().Match(line), ("superblock_version", 1));
            Add(samples, $"{array}.status", LevelPart().Match(line), ("raid_level", 1), ("chunk_size", 1024));
            Add(samples, $"{array}.status", MembersPart().Match(line), ("total_members", 1), ("actual_members", 1));
        }

        Add(
            samples, $"{array}.bitmap", BitmapLine().Match(line), ("allocated_pages", 1), ("total_pages", 1), ("page_size", 1024), ("chunk_size", 1024));
        Add(samples, $"{array}.recovery", RecoveryLine().Match(line), ("percent", 1), ("remaining_time", 60_000), ("speed", 1024));
    }

    private static void Add(HostSamples samples, string branch, Match match, params ReadOnlySpan<(string Name, double Factor)> groups)
    {
        foreach ((string name, double factor) in groups)
        {
            if (match.Success && TryReal(match.Groups[name].Value, out double value))
            {
                samples.Add($"{branch}.{name}", value * factor);
            }
        }
    }

    [GeneratedRegex(@"^(?<name>\S+) : (?:active|inactive)\b(?<members>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ArrayLine();

    [GeneratedRegex(@"^\s+(?<blocks>\d+) blocks\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BlocksLine();

    [GeneratedRegex(@" super (?<superblock_version>\d+\.\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SuperblockPart();

    [GeneratedRegex(@" level (?<raid_level>\d+), (?<chunk_size>\d+)k chunk", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LevelPart();

    [GeneratedRegex(@" \[(?<total_members>\d+)/(?<actual_members>\d+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MembersPart();

    [GeneratedRegex(@"^\s+bitmap: (?<allocated_pages>\d+)/(?<total_pages>\d+) pages \[(?<page_size>\d+)KB\], (?<chunk_size>\d+)KB chunk", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BitmapLine();

    [GeneratedRegex(@"\] +(?:recovery|resync|check|reshape) *= *(?<percent>[\d.]+)% \(\d+/\d+\) finish=(?<remaining_time>[\d.]+)min speed=(?<speed>\d+)K/sec", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RecoveryLine();
}
