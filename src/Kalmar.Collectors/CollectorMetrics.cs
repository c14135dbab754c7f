using System.Diagnostics.Metrics;

namespace Kalmar.Collectors;

/// <summary>What this library says about itself through <see cref="System.Diagnostics.Metrics"/>; every instrument is tagged with the collector's name.</summary>
internal static class CollectorMetrics
{
    private static readonly Meter s_meter = new("Kalmar.Collectors");
    private static readonly Counter<long> s_failures = s_meter.CreateCounter<long>("kalmar.collectors.failures", "{run}");
    private static readonly Counter<long> s_overruns = s_meter.CreateCounter<long>("kalmar.collectors.overruns", "{run}");
    private static readonly Counter<long> s_points = s_meter.CreateCounter<long>("kalmar.collectors.points", "{sample}");
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>("kalmar.collectors.duration", "s");

    public static void Record(string collector, long points, TimeSpan duration, long overruns, bool failed)
    {
        KeyValuePair<string, object?> tag = new("collector", collector);
        s_points.Add(points, tag);
        s_duration.Record(duration.TotalSeconds, tag);
        if (overruns > 0)
        {
            s_overruns.Add(overruns, tag);
        }

        if (failed)
        {
            s_failures.Add(1, tag);
        }
    }
}
