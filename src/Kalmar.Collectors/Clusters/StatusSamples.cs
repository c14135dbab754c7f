namespace Kalmar.Collectors.Clusters;

/// <summary>
/// Turns a cluster's status into samples: <c>BRANCH.health</c>, <c>monmap.*</c>, <c>osdmap.*</c>, <c>pgmap.*</c> (called as in the JSON of
/// <c>ceph status</c>) and <c>pg.STATE</c>: how many placement groups have that state among theirs.
/// </summary>
public static class StatusSamples
{
    /// <summary>States that have a sample in every reading, 0 when no placement group has them, so that no series just stops.</summary>
    public static IReadOnlyList<string> KnownPgStates { get; } =
    [
        "active", "clean", "creating", "peering", "activating", "peered", "stale", "unknown", "down", "incomplete", "inconsistent", "repair",
        "failed_repair", "scrubbing", "deep", "degraded", "undersized", "remapped", "recovering", "recovery_wait", "recovery_toofull",
        "recovery_unfound", "forced_recovery", "backfilling", "backfill_wait", "backfill_toofull", "backfill_unfound", "forced_backfill",
        "snaptrim", "snaptrim_wait", "snaptrim_error", "premerge", "laggy", "wait",
    ];

    /// <summary>Publishes one reading.</summary>
    /// <param name="branch">Where the cluster's series are.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="time">The time that the samples carry.</param>
    /// <param name="sink">Where they go.</param>
    public static void Publish(string branch, StatusReading reading, DateTimeOffset time, IMetricSink sink)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(sink);
        long unixSeconds = time.ToUnixTimeSeconds();
        void Add(string path, double value) => sink.Publish($"{branch}.{path}", unixSeconds, value);
        if (reading.Health is { } health)
        {
            Add("health", (int)health);
        }

        if (reading.Monitors is { } monitors)
        {
            Add("monmap.num_mons", monitors.Total);
            Add("monmap.num_in_quorum", monitors.InQuorum);
        }

        if (reading.Osds is { } osds)
        {
            Add("osdmap.num_osds", osds.Total);
            Add("osdmap.num_up_osds", osds.Up);
            Add("osdmap.num_in_osds", osds.In);
        }

        if (reading.PgStates is { } states)
        {
            AddPgStates(states, Add);
        }

        if (reading.Objects is { } objects)
        {
            Add("pgmap.num_pools", objects.Pools);
            Add("pgmap.num_objects", objects.Objects);
            Add("pgmap.data_bytes", objects.DataBytes);
            Add("pgmap.degraded_objects", objects.Degraded);
            Add("pgmap.misplaced_objects", objects.Misplaced);
            Add("pgmap.unfound_objects", objects.Unfound);
        }

        if (reading.Io is { } io)
        {
            Add("pgmap.read_bytes_sec", io.ReadBytes);
            Add("pgmap.write_bytes_sec", io.WriteBytes);
            Add("pgmap.read_op_per_sec", io.ReadOps);
            Add("pgmap.write_op_per_sec", io.WriteOps);
            Add("pgmap.recovering_bytes_per_sec", io.RecoveryBytes);
            Add("pgmap.recovering_objects_per_sec", io.RecoveryObjects);
            Add("pgmap.recovering_keys_per_sec", io.RecoveryKeys);
        }
    }

    private static void AddPgStates(IReadOnlyDictionary<string, long> states, Action<string, double> add)
    {
        Dictionary<string, long> counts = KnownPgStates.ToDictionary(state => state, _ => 0L, StringComparer.Ordinal);
        long total = 0;
        foreach ((string combination, long count) in states)
        {
            total += count;
            foreach (string state in combination.Split('+', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
            {
                string node = MetricNames.Clean(state);
                counts[node] = counts.GetValueOrDefault(node) + count;
            }
        }

        add("pg.total", total);
        foreach ((string state, long count) in counts)
        {
            add("pg." + state, count);
        }
    }
}
