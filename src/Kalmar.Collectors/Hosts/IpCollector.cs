namespace Kalmar.Collectors.Hosts;

/// <summary><c>ip.*</c>: packets and what went wrong with them, per second. Named as in <c>/proc/net/snmp</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class IpCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("ip", "ip", hostBranch, options)
{
    private static readonly HashSet<string> s_fields = new(
        ["InReceives", "InDelivers", "InDiscards", "InHdrErrors", "InAddrErrors", "InUnknownProtos", "OutRequests", "OutDiscards", "OutNoRoutes"],
        StringComparer.Ordinal);

    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        foreach ((string name, string text) in SnmpTable.Read(Proc, "net/snmp", "Ip:"))
        {
            if (s_fields.Contains(name) && TryU64(text, out ulong value))
            {
                samples.AddRate(_counters, name, value);
            }
        }
    }
}
