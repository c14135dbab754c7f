namespace Kalmar.Collectors.Hosts;

/// <summary><c>vmstat.*</c>: what the memory manager moves, per second: kB paged in and out, pages swapped in and out, page faults, killed processes.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class VmStatCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("vmstat", "vmstat", hostBranch, options)
{
    private static readonly HashSet<string> s_fields = new(
        ["pgpgin", "pgpgout", "pswpin", "pswpout", "pgfault", "pgmajfault", "oom_kill"], StringComparer.Ordinal);

    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        foreach (string[] fields in Proc.ReadFields("vmstat"))
        {
            if (fields.Length == 2 && s_fields.Contains(fields[0]) && TryU64(fields[1], out ulong value))
            {
                samples.AddRate(_counters, fields[0], value);
            }
        }
    }
}
