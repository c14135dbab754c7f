namespace Kalmar.Collectors.Hosts;

/// <summary><c>sockets.{used,tcp_inuse,tcp_orphan,tcp_tw,tcp_alloc,tcp_mem,udp_inuse,udp_mem}</c>: sockets now, memory in pages. From <c>/proc/net/sockstat</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
public sealed class SocketsCollector(string hostBranch, HostCollectorOptions options) : HostCollector("sockets", "sockets", hostBranch, options)
{
    private protected override void Collect(HostSamples samples)
    {
        foreach (string[] fields in Proc.ReadFields("net/sockstat"))
        {
            string? prefix = fields[0] switch
            {
                "sockets:" => "",
                "TCP:" => "tcp_",
                "UDP:" => "udp_",
                _ => null,
            };
            for (int i = 1; prefix is not null && i + 1 < fields.Length; i += 2)
            {
                if (TryU64(fields[i + 1], out ulong value))
                {
                    samples.Add(prefix + MetricNames.Clean(fields[i]), value);
                }
            }
        }
    }
}
