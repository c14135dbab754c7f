namespace Kalmar.Collectors.Hosts;

/// <summary>
/// <c>interrupts.CHIP.DEVICE.IRQ.total</c> for numbered interrupts, <c>interrupts.DESCRIPTION.total</c> for the others, <c>…CPUn</c> for each
/// core when asked for, <c>interrupts.{ERR,MIS}</c>: interrupts per second. From <c>/proc/interrupts</c>.
/// </summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Per core, where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class InterruptCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("interrupts", "interrupts", hostBranch, options)
{
    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        string[]? cores = null;
        foreach (string[] fields in Proc.ReadFields("interrupts"))
        {
            if (cores is null)
            {
                cores = fields;
            }
            else if (fields is [var name, var only] && TryU64(only, out ulong value))
            {
                samples.AddRate(_counters, MetricNames.Clean(name.TrimEnd(':')), value);
            }
            else if (fields.Length > cores.Length)
            {
                AddLine(samples, fields, cores);
            }
        }
    }

    private void AddLine(HostSamples samples, string[] fields, string[] cores)
    {
        string node = NodeOf(fields[0].TrimEnd(':'), fields.AsSpan(1 + cores.Length));
        ulong total = 0;
        for (int i = 0; i < cores.Length; i++)
        {
            if (!TryU64(fields[i + 1], out ulong value))
            {
                return;
            }

            total += value;
            if (Options.InterruptsPerCore)
            {
                samples.AddRate(_counters, $"{node}.{MetricNames.Clean(cores[i])}", value);
            }
        }

        samples.AddRate(_counters, node + ".total", total);
    }

    private static string NodeOf(string irq, ReadOnlySpan<string> words)
    {
        if (words.IsEmpty)
        {
            return MetricNames.Clean(irq);
        }

        // Several devices on one line are divided by a comma and a space; other white space is only there to align columns.
        static string Join(ReadOnlySpan<string> words) => MetricNames.Clean(string.Join('_', words!).Replace(",_", "-", StringComparison.Ordinal));
        return char.IsAsciiDigit(irq[0])
            ? $"{MetricNames.Clean(words[0])}.{(words.Length > 1 ? Join(words[1..]) : "_")}.{MetricNames.Clean(irq)}"
            : Join(words);
    }
}
