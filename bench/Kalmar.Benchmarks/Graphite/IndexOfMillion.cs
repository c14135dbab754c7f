using System.Diagnostics;
using Kalmar.Graphite.Sources;

namespace Kalmar.Benchmarks.Graphite;

/// <summary>A million metrics in the index: time to add them, memory they keep, and how long searches take.</summary>
internal static class IndexOfMillion
{
    /// <summary>graphite-index [METRICS]: names as a large cluster has them, and the same number in one flat folder.</summary>
    public static int Run(string[] args)
    {
        int count = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
        Measure("ceph.cluster.F.osd.N.COUNTER", count, i => $"ceph.cluster.ba2c3f1e.osd.{i / 200}.osd.op_r_latency.counter_{i % 200}",
            "ceph.cluster.*.osd.47*", "ceph.cluster.*.osd.4711.osd.op_r_latency.*", "ceph.cluster.*.osd.*.osd.op_r_latency.counter_77", "**.counter_77");
        Measure("flat: one folder", count, i => $"app.host-{i * 7919L % count:D7}", "app.host-0047*", "app.host-00471*", "app.host-0047[0-4]?9");
        return 0;
    }

    private static void Measure(string label, int count, Func<int, string> name, params string[] patterns)
    {
        long before = GC.GetTotalMemory(true);
        using MetricIndex index = new();
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (int i = 0; i < count; i++)
        {
            index.Add(name(i));
        }

        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        double megabytes = (GC.GetTotalMemory(true) - before) / 1048576.0;
        Console.WriteLine($"{label}: {index.Count} metrics, {megabytes:F1} MB, {megabytes * 1048576 / count:F0} B each, {cpu.TotalSeconds:F2} CPU-s to add");
        foreach (string pattern in patterns)
        {
            List<MetricNode> found = [];
            double best = double.MaxValue;
            for (int round = 0; round < 30; round++)
            {
                found.Clear();
                long start = Stopwatch.GetTimestamp();
                index.Find(pattern, leavesOnly: false, FindQuery.DefaultLimit, found);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            Console.WriteLine($"  find {pattern}: {found.Count} matches, {best:F3} ms");
        }

        List<MetricNode> nodes = [];
        index.Add("just.now.made");
        index.Find("just.now.*", leavesOnly: true, 10, nodes);
        Console.WriteLine($"  a metric that was just added is found: {(nodes.Count == 1 ? "yes" : "no")}");
    }
}
