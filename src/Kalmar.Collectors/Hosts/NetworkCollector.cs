namespace Kalmar.Collectors.Hosts;

/// <summary><c>network.IF.*</c>: what each interface receives and sends, per second. From <c>/proc/net/dev</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Which interfaces, which units, where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class NetworkCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("network", "network", hostBranch, options)
{
    private static readonly string[] s_fields =
    [
        "rx_byte", "rx_packets", "rx_errors", "rx_drop", "rx_fifo", "rx_frame", "rx_compressed", "rx_multicast",
        "tx_byte", "tx_packets", "tx_errors", "tx_drop", "tx_fifo", "tx_colls", "tx_carrier", "tx_compressed",
    ];

    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        foreach (string line in Proc.ReadText("net/dev").Split('\n'))
        {
            // Old kernels leave no space behind the colon; an alias has a colon in its name.
            int colon = line.LastIndexOf(':');
            if (colon < 0 || line.Contains('|', StringComparison.Ordinal))
            {
                continue;
            }

            string name = line[..colon].Trim();
            string[] values = line[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (values.Length >= s_fields.Length && !Options.ExcludedInterfaces.IsMatch(name))
            {
                AddInterface(samples, MetricNames.Clean(name), values);
            }
        }
    }

    private void AddInterface(HostSamples samples, string node, string[] values)
    {
        for (int i = 0; i < s_fields.Length; i++)
        {
            string path = $"{node}.{s_fields[i]}";
            if (!TryU64(values[i], out ulong value) || !_counters.TryRate(path, value, out double rate))
            {
                continue;
            }

            if (!s_fields[i].EndsWith("_byte", StringComparison.Ordinal))
            {
                samples.Add(path, rate);
                continue;
            }

            foreach (ByteUnit unit in Options.ByteUnits)
            {
                samples.Add($"{node}.{s_fields[i][..3]}{unit.ToNode()}", unit.FromBytes(rate));
            }
        }
    }
}
