namespace Kalmar.Collectors.Hosts;

/// <summary><c>loadavg.{01,05,15}</c>, the same divided by the cores as <c>…_normalized</c>, and <c>processes_running</c>, <c>processes_total</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the files are.</param>
public sealed class LoadAverageCollector(string hostBranch, HostCollectorOptions options) : HostCollector("loadavg", "loadavg", hostBranch, options)
{
    private static readonly string[] s_names = ["01", "05", "15"];

    private protected override void Collect(HostSamples samples)
    {
        string[] fields = Proc.ReadFields("loadavg").FirstOrDefault() ?? [];
        if (fields.Length < 4 || fields[3].Split('/') is not [var running, var all] || !TryU64(running, out ulong processesRunning) || !TryU64(all, out ulong processes))
        {
            throw new CollectorException($"{Options.ProcRoot}/loadavg is not three averages and a count of processes");
        }

        int cores = Proc.ReadFields("stat").Count(line => line[0].Length > 3 && line[0].StartsWith("cpu", StringComparison.Ordinal));
        for (int i = 0; i < s_names.Length; i++)
        {
            if (!TryReal(fields[i], out double load))
            {
                throw new CollectorException($"{Options.ProcRoot}/loadavg: '{fields[i]}' is no number");
            }

            samples.Add(s_names[i], load);
            if (cores > 0)
            {
                samples.Add(s_names[i] + "_normalized", load / cores);
            }
        }

        samples.Add("processes_running", processesRunning);
        samples.Add("processes_total", processes);
    }
}
