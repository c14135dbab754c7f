namespace Kalmar.Collectors.Hosts;

/// <summary>
/// <c>cpu.total.*</c> and <c>cpu.cpuN.*</c>: what the processors do, in jiffies per second (with the usual 100 a second: percent of one
/// core); <c>cpu.percent</c>: share of all cores that was not idle; <c>cpu.cpu_count</c>. From <c>/proc/stat</c>.
/// </summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Per core, normalized, where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class CpuCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("cpu", "cpu", hostBranch, options)
{
    private static readonly string[] s_states = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal", "guest", "guest_nice"];

    /// <summary>user … steal: guest time is in user already, and guest_nice in nice.</summary>
    private const int StatesInTotal = 8;

    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        string[][] lines = [.. Proc.ReadFields("stat").Where(fields => fields[0].StartsWith("cpu", StringComparison.Ordinal))];
        int cores = lines.Count(fields => fields[0].Length > 3);
        if (lines.Length == 0)
        {
            throw new CollectorException($"{Options.ProcRoot}/stat has no line for the processors");
        }

        samples.Add("cpu_count", cores);
        foreach (string[] fields in lines)
        {
            bool isTotal = fields[0] == "cpu";
            if (isTotal || Options.CpuPerCore)
            {
                AddStates(samples, fields, isTotal ? "total" : MetricNames.Clean(fields[0]), isTotal && Options.CpuNormalize ? Math.Max(cores, 1) : 1);
            }
        }
    }

    private void AddStates(HostSamples samples, string[] fields, string node, int divisor)
    {
        double total = 0;
        double idle = 0;
        bool whole = true;
        for (int i = 0; i < s_states.Length && i + 1 < fields.Length; i++)
        {
            string path = $"{node}.{s_states[i]}";
            if (!TryU64(fields[i + 1], out ulong value) || !_counters.TryRate(path, value, out double rate))
            {
                whole = false;
                continue;
            }

            samples.Add(path, rate / divisor);
            total += i < StatesInTotal ? rate : 0;
            idle += s_states[i] is "idle" or "iowait" ? rate : 0;
        }

        if (node == "total" && whole && total > 0)
        {
            samples.Add("percent", 100 * (total - idle) / total);
        }
    }
}
