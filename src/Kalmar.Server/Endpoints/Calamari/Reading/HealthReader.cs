using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Makes the health resources of v1.</summary>
internal static class HealthReader
{
    /// <summary><c>C/health</c>: today's report with the members that the dashboard of 2014 looks for.</summary>
    public static void Write(Utf8JsonWriter writer, ClusterSnapshot cluster)
    {
        HealthReport health = cluster.Known(cluster.Health, "The health");
        writer.WriteStartObject();
        WriteTimes(writer, cluster, "added", cluster.Health!.Received);
        writer.WriteStartObject("report");
        writer.WriteString("status", health.StatusText);
        writer.WriteString("overall_status", health.StatusText);
        writer.WriteStartArray("summary");
        foreach (HealthCheck check in health.Checks.Where(c => !c.Muted))
        {
            writer.WriteStartObject();
            writer.WriteString("severity", check.Severity.ToName());
            writer.WriteString("summary", check.Summary);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("detail");
        foreach (string line in health.Checks.SelectMany(c => c.Detail))
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
        health.WriteChecks(writer);
        writer.WriteEndObject();
        WriteTimes(writer, cluster, "cluster_update_time", cluster.Changed);
        writer.WriteEndObject();
    }

    /// <summary>The members <c>NAME</c> and <c>NAME_unix</c> (milliseconds).</summary>
    public static void WriteTimes(Utf8JsonWriter writer, ClusterSnapshot cluster, string name, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        writer.WriteString(name, time);
        writer.WriteNumber($"{name}_unix", time.ToUnixTimeMilliseconds());
    }

    /// <summary><c>C/health_counters</c>.</summary>
    public static HealthCountersAnswer Counters(ClusterSnapshot cluster)
    {
        OsdMap map = cluster.Map();
        QuorumStatus quorum = cluster.Known(cluster.Quorum, "The quorum");
        int monitors = cluster.Known(cluster.MonMap, "The monitor map").Monitors.Count;
        int inQuorum = quorum.Names.Count;
        MdsInfo[] mds = [.. cluster.FsMap?.Value.Daemons ?? []];
        int upIn = mds.Count(m => m.IsUp && m.Rank >= 0);
        int upNotIn = mds.Count(m => m.IsUp && m.Rank < 0);
        return new HealthCountersAnswer(
            cluster.Changed,
            cluster.Changed.ToUnixTimeMilliseconds(),
            Pgs(cluster.Known(cluster.Pgs, "The state of placement groups")),
            new MdsCounters(mds.Length, upIn, upNotIn, mds.Length - upIn - upNotIn),
            new CounterLevels(Group(inQuorum, "in"), Group(0, "late"), Group(monitors - inQuorum, "out")),
            new CounterLevels(
                Group(map.Osds.Count(o => o.IsUp && o.IsIn), "up/in"),
                Merge(("up/out", map.Osds.Count(o => o.IsUp && !o.IsIn)), ("down/in", map.Osds.Count(o => !o.IsUp && o.IsIn))),
                Group(map.Osds.Count(o => !o.IsUp && !o.IsIn), "down/out")));
    }

    /// <summary>How Calamari sorts the states of placement groups.</summary>
    private static CounterLevels Pgs(PgSummary pgs)
    {
        Dictionary<string, long>[] states = [new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal)];
        long[] counts = new long[3];
        foreach (PgStateCount state in pgs.States)
        {
            string[] parts = state.State.Split('+');
            int level = Array.Exists(parts, Critical.Contains) ? 2 : Array.Exists(parts, Warning.Contains) ? 1 : 0;
            counts[level] += state.Count;
            foreach (string part in parts)
            {
                states[level][part] = states[level].GetValueOrDefault(part) + state.Count;
            }
        }

        return new CounterLevels(new(counts[0], states[0]), new(counts[1], states[1]), new(counts[2], states[2]));
    }

    private static readonly HashSet<string> Critical = new(StringComparer.Ordinal)
    {
        "stale", "down", "peering", "inconsistent", "incomplete", "inactive", "unknown", "recovery_unfound", "backfill_unfound", "snaptrim_error", "failed_repair",
    };

    private static readonly HashSet<string> Warning = new(StringComparer.Ordinal)
    {
        "creating", "replay", "splitting", "degraded", "repair", "recovering", "backfill", "backfilling", "wait-backfill", "backfill_wait", "recovery_wait",
        "backfill_toofull", "recovery_toofull", "remapped", "undersized", "peered", "activating", "premerge", "laggy", "wait", "forced_recovery", "forced_backfill",
    };

    private static CounterGroup Group(long count, string state) => Merge((state, count));

    private static CounterGroup Merge(params (string State, long Count)[] states) =>
        new(states.Sum(s => s.Count), states.Where(s => s.Count > 0).ToDictionary(s => s.State, s => s.Count, StringComparer.Ordinal));
}
