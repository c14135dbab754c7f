using Kalmar.Manager.Clusters;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Events.Differences;

/// <summary>Takes the essence of snapshots.</summary>
internal static class EssenceReader
{
    /// <summary>How far the used share must fall below a threshold until it counts as below.</summary>
    private const double Hysteresis = 0.02;

    /// <summary>PG states that matter, each with what is told of it. Peering and recovery come and go with every change.</summary>
    private static readonly string[] Words = ["down", "incomplete", "inconsistent", "stale", "unknown", "undersized", "degraded", "recovery_unfound", "backfill_toofull", "recovery_toofull", "snaptrim_error"];

    // Mons, managers, OSDs and MDSs tell their metadata in answers of their own: what a host runs is known when all have come.
    private static readonly TimeSpan MetadataSettles = TimeSpan.FromSeconds(3);

    /// <summary>The essence of a snapshot. What the snapshot does not know stays as it was before.</summary>
    public static ClusterEssence Read(ClusterSnapshot snapshot, ClusterEssence? before, DateTimeOffset now)
    {
        OsdMap? map = snapshot.OsdMap?.Value;
        QuorumStatus? quorum = snapshot.Quorum?.Value;
        HealthReport? health = snapshot.Health?.Value;
        bool metadataKnown = snapshot.Metadata is { } metadata && metadata.Age(now) >= MetadataSettles;
        return new ClusterEssence
        {
            IsLost = snapshot.Contact.State is ContactState.QuorumLost or ContactState.Refused,
            Osds = map is null ? before?.Osds : map.Osds.ToDictionary(o => o.Id.Value, o => new OsdEssence(o.IsUp, o.IsIn, o.RawWeight)),
            Pools = map is null ? before?.Pools : map.PoolNames.ToDictionary(p => p.Key.Value, p => p.Value),
            Flags = map is null ? before?.Flags : map.Flags.ToNames(),
            Quorum = quorum is null ? before?.Quorum : quorum.Names,
            Leader = quorum is null ? before?.Leader : quorum.Leader,
            Health = health is null ? before?.Health : health.Status,
            Checks = health is null
                ? before?.Checks
                : health.Checks.DistinctBy(c => c.Code).ToDictionary(c => c.Code, c => new CheckEssence(c.Severity, c.Summary, c.Count, c.Muted), StringComparer.Ordinal),
            PgStates = snapshot.Pgs is { } pgs ? PgStates(pgs.Value) : before?.PgStates,
            Daemons = metadataKnown
                ? snapshot.Metadata!.Value.ToDictionary(d => d.Key.ToString(), d => new DaemonEssence(d.Value.Version, d.Value.Hostname), StringComparer.Ordinal)
                : before?.Daemons,
            ActiveManager = snapshot.MgrMap is { } mgrs ? (mgrs.Value.IsAvailable ? mgrs.Value.ActiveName : "") : before?.ActiveManager,
            Fullness = Fullness(snapshot, before?.Fullness) ?? before?.Fullness,
        };
    }

    /// <summary>The host of a daemon, as far as it is known; empty otherwise.</summary>
    public static string HostOf(string daemon, ClusterSnapshot snapshot, params ReadOnlySpan<ClusterEssence?> essences)
    {
        foreach (ClusterEssence? essence in essences)
        {
            if (essence?.Daemons?.GetValueOrDefault(daemon) is { Host.Length: > 0 } known)
            {
                return known.Host;
            }
        }

        string[] parts = daemon.Split('.', 2);
        if (parts.Length == 2 && snapshot.Metadata?.Value.GetValueOrDefault(new DaemonName(parts[0], parts[1])) is { Hostname.Length: > 0 } told)
        {
            return told.Hostname;
        }

        return parts is ["osd", var id] && int.TryParse(id, out int osd) && snapshot.OsdMap is { } map
            ? new CrushTree(map.Value.Crush).HostOf(new OsdId(osd)) ?? ""
            : "";
    }

    private static Dictionary<string, long> PgStates(PgSummary pgs)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (PgStateCount state in pgs.States)
        {
            foreach (string word in state.State.Split('+').Intersect(Words, StringComparer.Ordinal))
            {
                counts[word] = counts.GetValueOrDefault(word) + state.Count;
            }
        }

        return counts;
    }

    private static Dictionary<string, int>? Fullness(ClusterSnapshot snapshot, IReadOnlyDictionary<string, int>? before)
    {
        if (snapshot.OsdMap?.Value is not { } map || snapshot.Capacity is not { } capacity)
        {
            return null;
        }

        double near = map.NearFullRatio > 0 ? map.NearFullRatio : 0.85;
        double full = map.FullRatio > 0 ? map.FullRatio : 0.95;
        Dictionary<string, int> levels = new(StringComparer.Ordinal);
        Add("cluster", capacity.Value.UsedRatio);
        foreach (OsdUsage osd in snapshot.OsdUsage?.Value.Values ?? [])
        {
            if (osd.TotalBytes > 0)
            {
                Add(osd.Id.ToString(), (double)osd.UsedBytes / osd.TotalBytes);
            }
        }

        foreach (PoolUsage pool in snapshot.PoolUsage?.Value.Values ?? [])
        {
            double share = Math.Max(
                pool.QuotaBytes > 0 ? (double)pool.StoredBytes / pool.QuotaBytes : 0, pool.QuotaObjects > 0 ? (double)pool.Objects / pool.QuotaObjects : 0);
            if (map.PoolNames.TryGetValue(pool.Id, out string? name))
            {
                Add($"pool.{name}", Math.Max(share, pool.UsedRatio));
            }
        }

        return levels;

        void Add(string what, double share)
        {
            int was = before?.GetValueOrDefault(what) ?? 0;
            int level = share >= full - (was == 2 ? Hysteresis : 0) ? 2 : share >= near - (was >= 1 ? Hysteresis : 0) ? 1 : 0;
            if (level > 0)
            {
                levels[what] = level;
            }
        }
    }
}
