namespace Kalmar.Collectors.Hosts;

/// <summary><c>udp.*</c>: datagrams and what went wrong with them, per second. Named as in <c>/proc/net/snmp</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class UdpCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("udp", "udp", hostBranch, options)
{
    private static readonly HashSet<string> s_fields = new(
        ["InDatagrams", "OutDatagrams", "NoPorts", "InErrors", "RcvbufErrors", "SndbufErrors"],
        StringComparer.Ordinal);

    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        foreach ((string name, string text) in SnmpTable.Read(Proc, "net/snmp", "Udp:"))
        {
            if (s_fields.Contains(name) && TryU64(text, out ulong value))
            {
                samples.AddRate(_counters, name, value);
            }
        }
    }
}
