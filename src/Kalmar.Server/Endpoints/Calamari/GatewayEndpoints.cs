using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Server.Endpoints.Calamari.Writing;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Object gateways. Their users and buckets are in no reach of Ceph's commands, and the answer says so.</summary>
internal static class GatewayEndpoints
{
    private const string R = "cluster/{fsid}/rgw";

    private const string NoCommands =
        "no command of the monitors or managers gives out or changes the users and buckets of object gateways: radosgw-admin reads and writes the objects of "
        + "their pools itself; use it, or the gateway's own admin API";

    public static void Map(ApiRoutes api)
    {
        api.Get(R, All).WithSummary("Object gateways that report to the active manager.").Produces<IReadOnlyList<GatewayResource>>();
        api.Get(R + "/{id}", One).WithSummary("An object gateway.").Produces<GatewayResource>();
        api.Absent(R + "/user", NoCommands, "Users of object gateways: 501, and why.");
        api.Absent(R + "/bucket", NoCommands, "Buckets of object gateways: 501, and why.");
    }

    private static IResult All(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.ServiceMap, Read(cluster), ApiJson.Readable.IReadOnlyListGatewayResource);
    }

    private static IResult One(string fsid, string id, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        GatewayResource gateway = Read(cluster).FirstOrDefault(g => g.Id == id) ?? throw ApiException.NotFound($"Gateway '{(id.Length > 60 ? id[..60] : id)}' not found");
        return Answers.Part(context, cluster, cluster.ServiceMap, gateway, ApiJson.Readable.GatewayResource);
    }

    private static IReadOnlyList<GatewayResource> Read(ClusterSnapshot cluster) =>
        cluster.Known(cluster.ServiceMap, "The service map").Services.TryGetValue("rgw", out ServiceEntry? gateways)
            ? [.. gateways.Daemons.Select(d => Of(gateways.NameOf(d.Key), d.Value))]
            : [];

    private static GatewayResource Of(string name, ServiceDaemon daemon)
    {
        return new GatewayResource(
            name,
            daemon.Gid.ToString(CultureInfo.InvariantCulture),
            Fact("hostname"),
            daemon.Address.EndPoint is { } endPoint ? $"{endPoint}/{daemon.Address.Nonce}" : ":/0",
            Fact("frontend_config#0"),
            Fact("zone_name"),
            Fact("zonegroup_name"),
            Fact("realm_name"),
            Fact("ceph_version_short"),
            daemon.StartStamp.ToDateTimeOffset());

        string Fact(string key) => daemon.Metadata.GetValueOrDefault(key, "");
    }
}
