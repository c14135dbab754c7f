namespace Kalmar.Collectors.Hosts;

/// <summary>
/// <c>tcp.*</c>: what tells of trouble with connections, per second; <c>tcp.CurrEstab</c>: connections now. Named as in
/// <c>/proc/net/snmp</c> and <c>/proc/net/netstat</c>.
/// </summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the files are.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class TcpCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("tcp", "tcp", hostBranch, options)
{
    private static readonly HashSet<string> s_fields = new(
        [
            "ActiveOpens", "PassiveOpens", "AttemptFails", "EstabResets", "InSegs", "OutSegs", "RetransSegs", "InErrs", "OutRsts",
            "ListenOverflows", "ListenDrops", "TCPLoss", "TCPTimeouts", "TCPFastRetrans", "TCPLostRetransmit", "TCPForwardRetrans",
            "TCPSlowStartRetrans", "TCPAbortOnMemory", "TCPBacklogDrop",
        ],
        StringComparer.Ordinal);

    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        foreach ((string name, string text) in SnmpTable.Read(Proc, "net/snmp", "Tcp:").Concat(SnmpTable.Read(Proc, "net/netstat", "TcpExt:")))
        {
            if (!TryU64(text, out ulong value))
            {
                continue;
            }

            if (name == "CurrEstab")
            {
                samples.Add(name, value);
            }
            else if (s_fields.Contains(name))
            {
                samples.AddRate(_counters, name, value);
            }
        }
    }
}
