namespace Kalmar.Collectors.Hosts;

/// <summary>
/// <c>iostat.DEV.*</c>: what each disk does. <c>reads</c>, <c>writes</c>, <c>…_byte</c> and <c>…_milliseconds</c> are totals of the interval,
/// <c>…_per_second</c> and <c>iops</c> are rates, <c>await</c>s and <c>service_time</c> are milliseconds per request, as Diamond has them.
/// From <c>/proc/diskstats</c> (fields: the kernel's Documentation/admin-guide/iostats.rst; a sector there is 512 bytes, whatever the disk's is).
/// </summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Which devices, which units, where the file is.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class DiskUsageCollector(string hostBranch, HostCollectorOptions options, TimeProvider timeProvider)
    : HostCollector("diskusage", "iostat", hostBranch, options)
{
    private const int SectorBytes = 512;
    private const int FirstField = 3;
    private const int InProgressField = 8;
    private const int FieldCount = 11;
    private readonly CounterTable _counters = new(timeProvider);

    private protected override void Collect(HostSamples samples)
    {
        _counters.Begin();
        foreach (string[] fields in Proc.ReadFields("diskstats"))
        {
            // Partitions of kernels before 2.6.25 have four numbers only.
            if (fields.Length >= FirstField + FieldCount && Options.Devices.IsMatch(fields[2]))
            {
                CollectDevice(samples, MetricNames.Clean(fields[2]), fields.AsSpan(FirstField, FieldCount));
            }
        }
    }

    private void CollectDevice(HostSamples samples, string node, ReadOnlySpan<string> fields)
    {
        Span<double> growth = stackalloc double[FieldCount];
        bool whole = true;
        for (int i = 0; i < FieldCount; i++)
        {
            if (!TryU64(fields[i], out ulong value))
            {
                return;
            }

            if (i == InProgressField)
            {
                growth[i] = value;
            }
            else
            {
                // The kernel keeps the times in 32 bits: a busy array goes round in weeks. The others are as wide as a long.
                bool wraps = i is 3 or 7 or 9 or 10 || IntPtr.Size == 4;
                whole &= _counters.TryDelta($"{node}.{i}", value, out growth[i], wraps);
            }
        }

        samples.Add($"{node}.io_in_progress", growth[InProgressField]);
        if (whole && _counters.ElapsedSeconds > 0 && (Options.DiskSendZero || growth[0] + growth[4] > 0))
        {
            AddGrowth(samples, node, growth, _counters.ElapsedSeconds);
        }
    }

    private void AddGrowth(HostSamples samples, string node, ReadOnlySpan<double> growth, double seconds)
    {
        double reads = growth[0];
        double writes = growth[4];
        double io = reads + writes;
        double serviceTime = io > 0 ? growth[9] / io : 0;
        samples.Add($"{node}.reads", reads);
        samples.Add($"{node}.reads_merged", growth[1]);
        samples.Add($"{node}.reads_milliseconds", growth[3]);
        samples.Add($"{node}.writes", writes);
        samples.Add($"{node}.writes_merged", growth[5]);
        samples.Add($"{node}.writes_milliseconds", growth[7]);
        samples.Add($"{node}.io_milliseconds", growth[9]);
        samples.Add($"{node}.io_milliseconds_weighted", growth[10]);
        samples.Add($"{node}.read_requests_merged_per_second", growth[1] / seconds);
        samples.Add($"{node}.write_requests_merged_per_second", growth[5] / seconds);
        samples.Add($"{node}.reads_per_second", reads / seconds);
        samples.Add($"{node}.writes_per_second", writes / seconds);
        samples.Add($"{node}.io", io);
        samples.Add($"{node}.iops", io / seconds);
        samples.Add($"{node}.average_queue_length", growth[10] / seconds / 1000);
        samples.Add($"{node}.util_percentage", growth[9] / seconds / 10);
        samples.Add($"{node}.read_await", reads > 0 ? growth[3] / reads : 0);
        samples.Add($"{node}.write_await", writes > 0 ? growth[7] / writes : 0);
        samples.Add($"{node}.await", io > 0 ? (growth[3] + growth[7]) / io : 0);
        samples.Add($"{node}.service_time", serviceTime);
        samples.Add($"{node}.concurrent_io", io / seconds * serviceTime / 1000);
        foreach (ByteUnit unit in Options.ByteUnits)
        {
            string name = unit.ToNode();
            double read = unit.FromBytes(growth[2] * SectorBytes);
            double written = unit.FromBytes(growth[6] * SectorBytes);
            samples.Add($"{node}.reads_{name}", read);
            samples.Add($"{node}.writes_{name}", written);
            samples.Add($"{node}.read_{name}_per_second", read / seconds);
            samples.Add($"{node}.write_{name}_per_second", written / seconds);
            samples.Add($"{node}.average_request_size_{name}", io > 0 ? (read + written) / io : 0);
        }
    }
}
