using System.Globalization;
using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Events.Differences;

/// <content>Health, PG states, capacity, hosts and versions.</content>
internal sealed partial class EssenceComparer
{
    private void Health()
    {
        if (before.Checks is { } was && after.Checks is { } now)
        {
            foreach ((string code, CheckEssence check) in now.OrderByDescending(c => c.Value.Severity).ThenBy(c => c.Key, StringComparer.Ordinal))
            {
                Check(code, was.GetValueOrDefault(code), check);
            }

            foreach ((string code, CheckEssence check) in was.Where(c => !now.ContainsKey(c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                AddCheck(EventSeverity.Recovery, code, $"Health check {code} cleared (was: {check.Summary})");
            }
        }

        if (before.Health is { } old && after.Health is { } health && old != health)
        {
            bool worse = health > old;
            Add(
                !worse ? EventSeverity.Recovery : health == HealthSeverity.Error ? EventSeverity.Error : EventSeverity.Warning,
                EventKinds.ClusterHealth,
                $"Health of cluster '{_name}' {(worse ? "degraded" : "recovered")} from {Name(old)} to {Name(health)}",
                "cluster");
        }
    }

    private void Check(string code, CheckEssence? was, CheckEssence now)
    {
        EventSeverity severity = now.Severity == HealthSeverity.Error ? EventSeverity.Error : EventSeverity.Warning;
        if (was is null)
        {
            AddCheck(now.IsMuted ? EventSeverity.Info : severity, code, $"Health check {code}{(now.IsMuted ? " (muted)" : "")}: {now.Summary}");
            return;
        }

        if (was.IsMuted != now.IsMuted)
        {
            AddCheck(EventSeverity.Info, code, $"Health check {code} was {(now.IsMuted ? "muted" : "unmuted")}: {now.Summary}");
        }

        // A summary with a percentage in it changes every second; what it counts does not.
        if (was.Severity != now.Severity || was.Count != now.Count)
        {
            AddCheck(
                now.IsMuted ? EventSeverity.Info : now.Severity < was.Severity ? EventSeverity.Recovery : severity,
                code,
                $"Health check {code} changed: {now.Summary} (was: {was.Summary})");
        }
    }

    private void AddCheck(EventSeverity severity, string code, string message) => Add(
        severity, code is "SLOW_OPS" or "MDS_SLOW_REQUEST" or "MDS_SLOW_METADATA_IO" ? EventKinds.SlowOps : EventKinds.HealthCheck, message, $"health.{code}", "");

    private void PgStates()
    {
        if (before.PgStates is not { } was || after.PgStates is not { } now)
        {
            return;
        }

        foreach (string word in now.Keys.Union(was.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            long old = was.GetValueOrDefault(word);
            long count = now.GetValueOrDefault(word);
            if (old == 0 && count > 0)
            {
                bool bad = word is "down" or "incomplete" or "inconsistent" or "recovery_unfound" or "stale";
                Add(
                    bad ? EventSeverity.Error : EventSeverity.Warning,
                    EventKinds.PgState,
                    string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "PG" : "PGs")} of cluster '{_name}' {(count == 1 ? "is" : "are")} {word}"),
                    $"pgs.{word}",
                    "");
            }
            else if (old > 0 && count == 0)
            {
                Add(EventSeverity.Recovery, EventKinds.PgState, $"No PG of cluster '{_name}' is {word} any more", $"pgs.{word}", "");
            }
        }
    }

    private void Fullness()
    {
        if (before.Fullness is not { } was || after.Fullness is not { } now)
        {
            return;
        }

        foreach (string what in now.Keys.Union(was.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            int old = was.GetValueOrDefault(what);
            int level = now.GetValueOrDefault(what);
            if (old == level)
            {
                continue;
            }

            string title = what == "cluster" ? $"Cluster '{_name}'" : what.StartsWith("pool.", StringComparison.Ordinal) ? $"Pool '{what[5..]}'" : $"OSD {_name}.{what[4..]}";
            Add(
                level < old ? EventSeverity.Recovery : level == 2 ? EventSeverity.Error : EventSeverity.Warning,
                EventKinds.Capacity,
                $"{title} is {(level == 2 ? "full" : level == 1 ? "nearly full" : "no longer nearly full")}{(what.StartsWith("osd.", StringComparison.Ordinal) ? On(what) : "")}",
                what);
        }
    }

    private void Daemons()
    {
        if (after.Daemons is not { } now)
        {
            return;
        }

        IReadOnlyDictionary<string, DaemonEssence> was = before.Daemons ?? new Dictionary<string, DaemonEssence>();
        HashSet<string> known = [.. was.Values.Select(d => d.Host)];
        foreach (IGrouping<string, KeyValuePair<string, DaemonEssence>> host in now.Where(d => d.Value.Host.Length > 0).GroupBy(d => d.Value.Host).OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            if (known.Contains(host.Key))
            {
                continue;
            }

            Add(EventSeverity.Info, EventKinds.Server, $"Added server {host.Key} with {Services(host.Select(d => d.Key))}", $"server.{host.Key}", host.Key);
            if (host.Select(d => d.Value.Version).FirstOrDefault(v => v.Length > 0) is { } version)
            {
                Add(EventSeverity.Info, EventKinds.Version, $"Ceph {version} installed on {host.Key}", $"server.{host.Key}", host.Key);
            }
        }

        foreach ((string daemon, DaemonEssence essence) in now.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            if (was.GetValueOrDefault(daemon) is { Version.Length: > 0 } old && essence.Version.Length > 0 && old.Version != essence.Version)
            {
                Add(EventSeverity.Info, EventKinds.Version, $"{daemon} runs Ceph {essence.Version} now, {old.Version} before{On(daemon)}", daemon);
            }
        }
    }

    private static string Services(IEnumerable<string> daemons)
    {
        Dictionary<string, int> counts = daemons.GroupBy(d => d.Split('.', 2)[0]).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        List<string> parts = [];
        Say("mon", "monitor service", "monitor services");
        Say("mgr", "manager service", "manager services");
        Say("mds", "MDS service", "MDS services");
        Say("osd", "OSD", "OSDs");
        return string.Join(", ", parts);

        void Say(string type, string one, string many)
        {
            if (counts.GetValueOrDefault(type) is var count and > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}"));
            }
        }
    }

    private static string Name(HealthSeverity severity) => new HealthReport(severity, []).StatusText;
}
