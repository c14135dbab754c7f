using System.Globalization;
using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Events.Differences;

/// <summary>Turns the difference between two essences of a cluster into events, with Calamari's texts where Calamari had one. Pure.</summary>
internal sealed partial class EssenceComparer(ClusterSnapshot snapshot, ClusterEssence before, ClusterEssence after)
{
    private readonly List<NewEvent> _events = [];
    private readonly string _name = snapshot.Name;
    private readonly string _cluster = snapshot.Id?.ToString() ?? "";

    /// <summary>All events, in the order in which an operator would read them.</summary>
    public IReadOnlyList<NewEvent> Compare()
    {
        Contact();
        Daemons();
        Manager();
        Quorum();
        Osds();
        Flags();
        Pools();
        PgStates();
        Fullness();
        Health();
        return _events;
    }

    private void Contact()
    {
        if (before.IsLost != after.IsLost)
        {
            Add(
                after.IsLost ? EventSeverity.Warning : EventSeverity.Recovery,
                EventKinds.ClusterContact,
                after.IsLost ? $"Cluster '{_name}' is late reporting in" : $"Cluster '{_name}' regained contact",
                "cluster");
        }
    }

    private void Manager()
    {
        if (before.ActiveManager is { } was && after.ActiveManager is { } now && was != now)
        {
            Add(
                now.Length == 0 ? EventSeverity.Warning : was.Length == 0 ? EventSeverity.Recovery : EventSeverity.Info,
                EventKinds.Manager,
                now.Length == 0 ? $"No mgr of cluster '{_name}' is active ('{_name}.{was}' was)" : $"Mgr '{_name}.{now}' is active now{On($"mgr.{now}")}",
                $"mgr.{(now.Length == 0 ? was : now)}");
        }
    }

    private void Quorum()
    {
        if (before.Quorum is not { } was || after.Quorum is not { } now)
        {
            return;
        }

        foreach (string mon in now.Except(was, StringComparer.Ordinal))
        {
            Add(EventSeverity.Recovery, EventKinds.MonQuorum, $"Mon '{_name}.{mon}' joined quorum{On($"mon.{mon}")}", $"mon.{mon}");
        }

        foreach (string mon in was.Except(now, StringComparer.Ordinal))
        {
            Add(EventSeverity.Warning, EventKinds.MonQuorum, $"Mon '{_name}.{mon}' left quorum{On($"mon.{mon}")}", $"mon.{mon}");
        }

        if (before.Leader is { Length: > 0 } old && after.Leader is { Length: > 0 } leader && old != leader)
        {
            Add(EventSeverity.Info, EventKinds.MonQuorum, $"Mon '{_name}.{leader}' now quorum leader{On($"mon.{leader}")}", $"mon.{leader}");
        }
    }

    private void Osds()
    {
        if (before.Osds is not { } was || after.Osds is not { } now)
        {
            return;
        }

        foreach (int id in now.Keys.Union(was.Keys).Order())
        {
            string entity = string.Create(CultureInfo.InvariantCulture, $"osd.{id}");
            string title = string.Create(CultureInfo.InvariantCulture, $"OSD {_name}.{id}");
            OsdEssence? old = was.GetValueOrDefault(id);
            OsdEssence? osd = now.GetValueOrDefault(id);
            if (osd is null)
            {
                Add(EventSeverity.Info, EventKinds.OsdExists, $"{title}{On(entity)} removed from the cluster map", entity);
                continue;
            }

            if (old is null)
            {
                Add(EventSeverity.Info, EventKinds.OsdExists, $"{title}{On(entity)} added to the cluster map", entity);
                old = new OsdEssence(false, osd.IsIn, osd.Weight);
            }

            if (old.IsUp != osd.IsUp)
            {
                Add(
                    osd.IsUp ? EventSeverity.Recovery : EventSeverity.Warning,
                    EventKinds.OsdUp,
                    $"{title} {(osd.IsUp ? "came up" : "went down")}{On(entity)}",
                    entity);
            }

            if (old.IsIn != osd.IsIn)
            {
                Add(osd.IsIn ? EventSeverity.Recovery : EventSeverity.Warning, EventKinds.OsdIn, $"{title} was marked {(osd.IsIn ? "in" : "out")}{On(entity)}", entity);
            }
            else if (old.Weight != osd.Weight)
            {
                Add(
                    EventSeverity.Info,
                    EventKinds.OsdIn,
                    string.Create(CultureInfo.InvariantCulture, $"{title} was re-weighted from {old.Weight / 655.36:0.0}% to {osd.Weight / 655.36:0.0}%{On(entity)}"),
                    entity);
            }
        }
    }

    private void Flags()
    {
        if (before.Flags is not { } was || after.Flags is not { } now)
        {
            return;
        }

        foreach (string flag in now.Except(was, StringComparer.Ordinal))
        {
            Add(EventSeverity.Info, EventKinds.Flag, $"Flag {flag} of cluster '{_name}' was set", $"flag.{flag}");
        }

        foreach (string flag in was.Except(now, StringComparer.Ordinal))
        {
            Add(EventSeverity.Info, EventKinds.Flag, $"Flag {flag} of cluster '{_name}' was cleared", $"flag.{flag}");
        }
    }

    private void Pools()
    {
        if (before.Pools is not { } was || after.Pools is not { } now)
        {
            return;
        }

        foreach ((long id, string name) in now.OrderBy(p => p.Key))
        {
            if (!was.TryGetValue(id, out string? old))
            {
                Add(EventSeverity.Info, EventKinds.Pool, string.Create(CultureInfo.InvariantCulture, $"pool {_name}.{id} added to cluster {_name}"), $"pool.{name}");
            }
            else if (old != name)
            {
                Add(EventSeverity.Info, EventKinds.Pool, string.Create(CultureInfo.InvariantCulture, $"pool {_name}.{id} renamed from '{old}' to '{name}'"), $"pool.{name}");
            }
        }

        foreach ((long id, string name) in was.Where(p => !now.ContainsKey(p.Key)).OrderBy(p => p.Key))
        {
            Add(EventSeverity.Info, EventKinds.Pool, string.Create(CultureInfo.InvariantCulture, $"pool {_name}.{id} removed from cluster {_name}"), $"pool.{name}");
        }
    }

    private string On(string daemon)
    {
        string host = Host(daemon);
        return host.Length == 0 ? "" : $" (on {host})";
    }

    private string Host(string daemon) => EssenceReader.HostOf(daemon, snapshot, after, before);

    private void Add(EventSeverity severity, string kind, string message, string entity, string? server = null) =>
        _events.Add(new NewEvent(severity, kind, message, _cluster, entity, server ?? (entity.Contains('.', StringComparison.Ordinal) ? Host(entity) : "")));
}
