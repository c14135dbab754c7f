using System.Globalization;

namespace Kalmar.Collectors.Hosts;

/// <summary><c>softirq.total</c> and <c>softirq.N</c>: soft interrupts per second, in the kernel's order (0 HI, 1 TIMER, 2 NET_TX, 3 NET_RX, 4 BLOCK…). From <c>/proc/stat</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class SoftInterruptCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("softirq", "softirq", hostBranch, options)
{
    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        string[] fields = Proc.ReadFields("stat").FirstOrDefault(line => line[0] == "softirq") ?? [];
        for (int i = 1; i < fields.Length; i++)
        {
            if (TryU64(fields[i], out ulong value))
            {
                samples.AddRate(_counters, i == 1 ? "total" : (i - 2).ToString(CultureInfo.InvariantCulture), value);
            }
        }
    }
}
