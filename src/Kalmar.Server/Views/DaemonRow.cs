using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;

namespace Kalmar.Server.Views;

/// <summary>A daemon in the table.</summary>
/// <param name="Name">Which.</param>
/// <param name="State">How it is to be shown.</param>
/// <param name="StateText">What it is doing.</param>
/// <param name="Host">Its host; empty when not known.</param>
/// <param name="Version">Its version; empty when not known.</param>
/// <param name="Release">Its release's name; empty when not known.</param>
/// <param name="Address">Where it listens; empty when not known.</param>
/// <param name="LastWord">When it last said anything; null when not known.</param>
public sealed record DaemonRow(
    DaemonName Name, ViewState State, string StateText, string Host, string Version, string Release, string Address, DateTimeOffset? LastWord)
{
    /// <summary>What the filter looks at.</summary>
    public string Text => $"{Name} {StateText} {Host} {Version} {Release} {Address}";

    /// <summary>All daemons that a snapshot names: monitors, managers, OSDs, metadata servers, services, then whoever else said something of itself.</summary>
    /// <param name="cluster">The snapshot.</param>
    public static IReadOnlyList<DaemonRow> Of(ClusterSnapshot cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        List<DaemonRow> rows = [.. Monitors(cluster), .. Managers(cluster), .. Osds(cluster), .. MetadataServers(cluster), .. Services(cluster)];
        HashSet<DaemonName> named = [.. rows.Select(r => r.Name)];
        IEnumerable<DaemonName> others = (cluster.Metadata?.Value.Keys ?? []).Concat(cluster.LastWord.Keys).Distinct().Where(n => !named.Contains(n));
        rows.AddRange(others.OrderBy(n => n.Type, StringComparer.Ordinal).ThenBy(n => n.Id, NaturalOrder.Instance).Select(n => Row(cluster, n, ViewState.Unknown, "", "")));
        return rows;
    }

    private static IEnumerable<DaemonRow> Monitors(ClusterSnapshot cluster)
    {
        QuorumStatus? quorum = cluster.Quorum?.Value;
        foreach ((string name, MonInfo monitor) in cluster.MonMap?.Value.Monitors ?? ValueMap<string, MonInfo>.Empty)
        {
            (ViewState state, string text) = quorum is null ? (ViewState.Unknown, "")
                : string.Equals(quorum.Leader, name, StringComparison.Ordinal) ? (ViewState.Good, "leader")
                : quorum.Names.Contains(name, StringComparer.Ordinal) ? (ViewState.Good, "in quorum")
                : (ViewState.Bad, "out of quorum");
            yield return Row(cluster, new DaemonName("mon", name), state, text, Addresses.Of(monitor.Addresses));
        }
    }

    private static IEnumerable<DaemonRow> Managers(ClusterSnapshot cluster)
    {
        if (cluster.MgrMap is not { Value: { } map })
        {
            yield break;
        }

        if (map.HasActive)
        {
            (ViewState, string) state = map.IsAvailable ? (ViewState.Good, "active") : (ViewState.Busy, "active, starting");
            yield return Row(cluster, new DaemonName("mgr", map.ActiveName), state.Item1, state.Item2, Addresses.Of(map.ActiveAddresses));
        }

        foreach (MgrStandby standby in map.Standbys.Values)
        {
            yield return Row(cluster, new DaemonName("mgr", standby.Name), ViewState.Good, "standby", "");
        }
    }

    private static IEnumerable<DaemonRow> Osds(ClusterSnapshot cluster) =>
        cluster.OsdMap is not { Value: { } map } ? [] : map.Osds.Select(osd => Row(
            cluster,
            DaemonName.Of(osd.Id),
            osd.IsUp ? ViewState.Good : osd.IsIn ? ViewState.Bad : ViewState.Warning,
            osd.IsUp ? "up" : "down",
            Addresses.Of(osd.ClientAddresses)));

    private static IEnumerable<DaemonRow> MetadataServers(ClusterSnapshot cluster) =>
        (cluster.FsMap?.Value.Daemons ?? []).DistinctBy(m => m.Name).OrderBy(m => m.Name, NaturalOrder.Instance).Select(mds => Row(
            cluster,
            new DaemonName("mds", mds.Name),
            mds.State == MdsState.Damaged ? ViewState.Bad : !mds.IsUp || mds.IsLaggy ? ViewState.Warning : ViewState.Good,
            (mds.Rank >= 0 ? $"{mds.State.ToName()}, rank {mds.Rank}" : mds.State.ToName()) + (mds.IsLaggy ? ", laggy" : ""),
            Addresses.Of(mds.Addresses)));

    // Who stands in the service map reports to the active mgr: it leaves the map a minute after it fell silent.
    private static IEnumerable<DaemonRow> Services(ClusterSnapshot cluster) =>
        (cluster.ServiceMap?.Value.ServicesWithoutMap ?? []).SelectMany(service => service.Value.Daemons.Select(daemon =>
        {
            DaemonRow row = Row(cluster, new DaemonName(service.Key, service.Value.NameOf(daemon.Key)), ViewState.Good, "running", daemon.Value.Address.EndPoint?.ToString() ?? "");
            return row with
            {
                Host = row.Host.Length > 0 ? row.Host : daemon.Value.Metadata.GetValueOrDefault("hostname", ""),
                Version = row.Version.Length > 0 ? row.Version : daemon.Value.Metadata.GetValueOrDefault("ceph_version_short", ""),
                Release = row.Release.Length > 0 ? row.Release : daemon.Value.Metadata.GetValueOrDefault("ceph_release", ""),
            };
        }));

    private static DaemonRow Row(ClusterSnapshot cluster, DaemonName name, ViewState state, string text, string address)
    {
        DaemonMetadata? metadata = cluster.Metadata?.Value.GetValueOrDefault(name);
        return new DaemonRow(
            name,
            state,
            text,
            metadata?.Hostname ?? "",
            metadata?.Version ?? "",
            metadata?.Release ?? "",
            address,
            cluster.LastWord.TryGetValue(name, out DateTimeOffset word) ? word : null);
    }
}
