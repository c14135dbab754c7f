using System.Net;
using Kalmar.Manager.Clusters;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Views;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Makes host resources of what the maps and the daemons say of where they run.</summary>
internal static class ServerReader
{
    /// <summary>All hosts of all clusters, by name.</summary>
    public static IReadOnlyList<ServerResource> All(IClusterDirectory clusters) =>
        [.. clusters.Snapshots.SelectMany(Of).GroupBy(s => s.Fqdn, StringComparer.Ordinal).OrderBy(g => g.Key, NaturalOrder.Instance).Select(Merge)];

    /// <summary>The hosts of one cluster, by name.</summary>
    public static IReadOnlyList<ServerResource> Of(ClusterSnapshot cluster) =>
        [.. Daemons(cluster).GroupBy(d => d.Host, StringComparer.Ordinal).OrderBy(g => g.Key, NaturalOrder.Instance).Select(g => Server(cluster, g.Key, [.. g]))];

    /// <summary>The host of a name, in v2's cluster form; null when there is none.</summary>
    public static ClusterServerResource WithAddresses(ClusterSnapshot cluster, ServerResource server)
    {
        IEnumerable<DaemonMetadata> there = cluster.Metadata?.Value.Values.Where(d => d.Hostname == server.Fqdn) ?? [];
        DaemonMetadata? osd = there.Where(d => d.Name.Type == "osd").OrderBy(d => d.Name.Id, NaturalOrder.Instance).FirstOrDefault();
        DaemonMetadata? any = osd ?? there.OrderBy(d => d.Name.Type, StringComparer.Ordinal).FirstOrDefault();
        return new ClusterServerResource(
            server.Fqdn,
            server.Hostname,
            server.Managed,
            server.LastContact,
            server.BootTime,
            server.CephVersion,
            server.Services,
            Address(any, "front_addr") ?? Address(any, "addr") ?? Address(any, "addrs"),
            Address(osd, "back_addr"),
            Fact(osd, "front_iface"),
            Fact(osd, "back_iface"));
    }

    /// <summary>A host in v1.</summary>
    public static ServerV1Resource V1(ClusterSnapshot cluster, ServerResource server) => new(
        WithAddresses(cluster, server).FrontendAddr,
        server.Hostname,
        server.Fqdn,
        [.. server.Services.Select(s => new ServerV1Service(s.Type, s.Id, $"{s.Type}.{s.Id}"))]);

    /// <summary>The facts of a host under salt's names, as far as its daemons tell them; null when no daemon of that host is known.</summary>
    public static IReadOnlyDictionary<string, string>? Facts(IClusterDirectory clusters, string fqdn)
    {
        DaemonMetadata? daemon = clusters.Snapshots.SelectMany(c => c.Metadata?.Value.Values ?? []).Where(d => d.Hostname == fqdn).OrderByDescending(d => d.Facts.Count).FirstOrDefault();
        return daemon?.Facts;
    }

    // Who is told to be on a host: by the daemon's own word, or (an OSD that never ran since) by CRUSH.
    private static IEnumerable<(DaemonRow Row, string Host)> Daemons(ClusterSnapshot cluster) => DaemonRow.Of(cluster)
        .Select(row => (row, row.Host.Length > 0 ? row.Host : HostByCrush(cluster, row.Name)))
        .Where(d => d.Item2.Length > 0);

    private static string HostByCrush(ClusterSnapshot cluster, DaemonName name) =>
        name.Type == "osd" && cluster.OsdMap?.Value is { } map && int.TryParse(name.Id, out int id) ? OsdReader.Reach(map).HostOf(new(id)) ?? "" : "";

    private static ServerResource Server(ClusterSnapshot cluster, string host, IReadOnlyList<(DaemonRow Row, string Host)> daemons)
    {
        string fsid = cluster.Id?.ToString() ?? "";
        return new ServerResource(
            host,
            host.Split('.')[0],
            false,
            daemons.Max(d => d.Row.LastWord),
            null,
            Newest(daemons.Select(d => d.Row.Version)),
            [.. daemons.Select(d => new ServerServiceResource(fsid, d.Row.Name.Type, d.Row.Name.Id, Runs(d.Row)))]);
    }

    private static bool Runs(DaemonRow row) => row.Name.Type switch
    {
        "osd" => row.StateText == "up",
        "mon" => row.StateText is "leader" or "in quorum",
        _ => row.State is ViewState.Good or ViewState.Busy,
    };

    private static ServerResource Merge(IEnumerable<ServerResource> same)
    {
        ServerResource[] all = [.. same];
        return all.Length == 1 ? all[0] : all[0] with
        {
            LastContact = all.Max(s => s.LastContact),
            CephVersion = Newest(all.Select(s => s.CephVersion)),
            Services = [.. all.SelectMany(s => s.Services)],
        };
    }

    private static string? Newest(IEnumerable<string?> versions) =>
        versions.OfType<string>().Where(v => v.Length > 0).OrderByDescending(v => v, NaturalOrder.Instance).FirstOrDefault();

    private static string? Fact(DaemonMetadata? daemon, string name) => daemon?.Facts.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    // Metadata write "[v2:10.0.0.1:6800/1,v1:10.0.0.1:6801/1]"; Calamari gave the IP address alone.
    private static string? Address(DaemonMetadata? daemon, string name)
    {
        string? text = Fact(daemon, name)?.Trim('[').Split(',')[0];
        if (text is null)
        {
            return null;
        }

        text = text.StartsWith("v1:", StringComparison.Ordinal) || text.StartsWith("v2:", StringComparison.Ordinal) ? text[3..] : text;
        return IPEndPoint.TryParse(text.Split('/')[0].TrimEnd(']'), out IPEndPoint? endPoint) ? endPoint.Address.ToString() : null;
    }
}
