namespace Kalmar.Collectors.Hosts;

/// <summary><c>memory.*</c>: the fields of <c>/proc/meminfo</c> that matter, in bytes, and <c>memory.MemUsedPercentage</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
public sealed class MemoryCollector(string hostBranch, HostCollectorOptions options) : HostCollector("memory", "memory", hostBranch, options)
{
    private static readonly HashSet<string> s_fields = new(
        [
            "MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached", "Active", "Dirty", "Inactive", "Shmem", "SwapTotal", "SwapFree",
            "SwapCached", "VmallocTotal", "VmallocUsed", "VmallocChunk", "Committed_AS",
        ],
        StringComparer.Ordinal);

    private protected override void Collect(HostSamples samples)
    {
        Dictionary<string, double> bytes = new(StringComparer.Ordinal);
        foreach (string[] fields in Proc.ReadFields("meminfo"))
        {
            string name = fields[0].TrimEnd(':');
            if (fields.Length >= 3 && fields[2] == "kB" && s_fields.Contains(name) && TryU64(fields[1], out ulong kilobytes))
            {
                bytes[name] = kilobytes * 1024.0;
                samples.Add(name, bytes[name]);
            }
        }

        if (!bytes.TryGetValue("MemTotal", out double total) || total <= 0)
        {
            throw new CollectorException($"{Options.ProcRoot}/meminfo does not say how much memory there is");
        }

        // Kernels before 3.14 don't reckon what is available; this is what one took for it then.
        double available = bytes.TryGetValue("MemAvailable", out double told)
            ? told
            : bytes.GetValueOrDefault("MemFree") + bytes.GetValueOrDefault("Buffers") + bytes.GetValueOrDefault("Cached");
        samples.Add("MemUsedPercentage", 100 * (total - Math.Min(available, total)) / total);
    }
}
