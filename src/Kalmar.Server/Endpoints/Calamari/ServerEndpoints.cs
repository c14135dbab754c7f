using Kalmar.Manager.Clusters;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Hosts, as the maps and the daemons name them. What only an agent on the host can tell answers 503 and says so.</summary>
internal static class ServerEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("server", All).WithSummary("Hosts of all clusters.").Produces<IReadOnlyList<ServerResource>>();
        api.Get("server/{fqdn}", One).WithSummary("A host.").Produces<ServerResource>();
        api.Add("DELETE", "server/{fqdn}", UserRole.Superuser, Forget).WithSummary("Forgets a host; one with living daemons comes back at once.").Produces(204);
        api.Get("cluster/{fsid}/server", OfCluster).WithSummary("Hosts of a cluster.").Produces<IReadOnlyList<ClusterServerResource>>();
        api.Get("cluster/{fsid}/server/{fqdn}", OneOfCluster).WithSummary("A host with its addresses.").Produces<ClusterServerResource>();
        api.Get("grains", () => CalamariEndpoints.Json(HostFacts.Here(), ApiJson.Readable.IReadOnlyDictionaryStringJsonElement)).WithSummary("Facts of this very machine.");
        api.Get("server/{fqdn}/grains", Grains).WithSummary("Facts of a host, as far as its daemons tell them.");
        api.Get("server/{fqdn}/log", NoAgent).WithSummary("Paths of a host's logs; needs an agent there.");
        api.Get("server/{fqdn}/log/{**path}", NoAgent).WithSummary("Lines of a host's log; needs an agent there.");
        api.Add("POST", "server/{fqdn}/debug_job", UserRole.Superuser, DebugJobAsync).WithSummary("Self-test jobs of an agent: wait, exception, block.");
    }

    private static IResult All(IClusterDirectory clusters) => CalamariEndpoints.Json(ServerReader.All(clusters), ApiJson.Readable.IReadOnlyListServerResource);

    private static IResult One(string fqdn, IClusterDirectory clusters) => CalamariEndpoints.Json(Find(clusters, fqdn), ApiJson.Readable.ServerResource);

    private static IResult Forget(string fqdn, IClusterDirectory clusters)
    {
        Find(clusters, fqdn);
        return Results.NoContent();
    }

    private static IResult OfCluster(string fsid, IClusterDirectory clusters)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return CalamariEndpoints.Json(
            [.. ServerReader.Of(cluster).Select(s => ServerReader.WithAddresses(cluster, s))], ApiJson.Readable.IReadOnlyListClusterServerResource);
    }

    private static IResult OneOfCluster(string fsid, string fqdn, IClusterDirectory clusters)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        ServerResource server = ServerReader.Of(cluster).FirstOrDefault(s => s.Fqdn == fqdn) ?? throw NotFound(fqdn);
        return CalamariEndpoints.Json(ServerReader.WithAddresses(cluster, server), ApiJson.Readable.ClusterServerResource);
    }

    private static IResult Grains(string fqdn, IClusterDirectory clusters) => HostFacts.Of(clusters, fqdn) is { } grains
        ? CalamariEndpoints.Json(grains, ApiJson.Readable.IReadOnlyDictionaryStringJsonElement)
        : throw NotFound(fqdn);

    private static IResult NoAgent(string fqdn, IClusterDirectory clusters)
    {
        Find(clusters, fqdn);
        throw ApiException.Unavailable($"server '{fqdn}' is not managed: its logs can be read once an agent runs there");
    }

    private static async Task<IResult> DebugJobAsync(string fqdn, IClusterDirectory clusters, HttpContext context)
    {
        Find(clusters, fqdn);
        using JsonBody body = await JsonBody.ReadAsync(context);
        body.Has("args");
        if (body.Text("cmd") is not ("wait" or "exception" or "block"))
        {
            body.Problem("cmd", "must be wait, exception or block");
        }

        body.Check();
        throw ApiException.Unavailable($"server '{fqdn}' is not managed: there is no agent to run the job");
    }

    private static ServerResource Find(IClusterDirectory clusters, string fqdn) =>
        ServerReader.All(clusters).FirstOrDefault(s => s.Fqdn == fqdn) ?? throw NotFound(fqdn);

    private static ApiException NotFound(string fqdn) => ApiException.NotFound($"Server '{(fqdn.Length > 100 ? fqdn[..100] : fqdn)}' not found");
}
