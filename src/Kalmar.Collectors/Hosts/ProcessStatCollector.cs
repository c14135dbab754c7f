namespace Kalmar.Collectors.Hosts;

/// <summary><c>proc.{ctxt,processes}</c>: context switches and new processes, per second; <c>proc.{procs_running,procs_blocked}</c> now; <c>proc.btime</c>: when the machine was started, in seconds since 1970. From <c>/proc/stat</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ProcessStatCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("proc", "proc", hostBranch, options)
{
    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        foreach (string[] fields in Proc.ReadFields("stat"))
        {
            if (fields.Length < 2 || !TryU64(fields[1], out ulong value))
            {
                continue;
            }

            switch (fields[0])
            {
                case "ctxt" or "processes":
                    samples.AddRate(_counters, fields[0], value);
                    break;
                case "procs_running" or "procs_blocked" or "btime":
                    samples.Add(fields[0], value);
                    break;
            }
        }
    }
}
