using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>What Calamari's dashboard of 2014 reads: v1.</summary>
internal static class V1Endpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("cluster", All).WithSummary("The clusters that are watched.").Produces<IReadOnlyList<ClusterV1Resource>>();
        api.Get("cluster/{fsid}", One).WithSummary("A cluster.").Produces<ClusterV1Resource>();
        api.Get("cluster/{fsid}/health", Health).WithSummary("The health report.");
        api.Get("cluster/{fsid}/health_counters", Counters).WithSummary("Daemons and placement groups by how well they are.").Produces<HealthCountersAnswer>();
        api.Get("cluster/{fsid}/space", Space).WithSummary("Raw space in bytes.").Produces<SpaceAnswer>();
        api.Get("cluster/{fsid}/osd", OsdsAsync).WithSummary("OSDs with the states of their placement groups; ?pg_states=a,b filters.").Produces<OsdV1Answer>();
        api.Get("cluster/{fsid}/osd/{id:int}", OsdAsync).WithSummary("An OSD as the OSD map prints it.");
        api.Get("cluster/{fsid}/pool", Pools).WithSummary("Pools.").Produces<IReadOnlyList<PoolV1Resource>>();
        api.Get("cluster/{fsid}/pool/{id:long}", Pool).WithSummary("A pool.").Produces<PoolV1Resource>();
        api.Get("cluster/{fsid}/server", Servers).WithSummary("Hosts.").Produces<IReadOnlyList<ServerV1Resource>>();
    }

    private static IResult All(IClusterDirectory clusters) =>
        CalamariEndpoints.Json([.. clusters.Snapshots.Where(c => c.Id is not null).Select(Of)], ApiJson.Readable.IReadOnlyListClusterV1Resource);

    private static IResult One(string fsid, IClusterDirectory clusters) => CalamariEndpoints.Json(Of(clusters.Need(fsid)), ApiJson.Readable.ClusterV1Resource);

    private static IResult Health(string fsid, IClusterDirectory clusters)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return CalamariEndpoints.Json(writer => HealthReader.Write(writer, cluster));
    }

    private static IResult Counters(string fsid, IClusterDirectory clusters) =>
        CalamariEndpoints.Json(HealthReader.Counters(clusters.Need(fsid)), ApiJson.Readable.HealthCountersAnswer);

    private static IResult Space(string fsid, IClusterDirectory clusters)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        ClusterCapacity capacity = cluster.Known(cluster.Capacity, "The space");
        DateTimeOffset time = cluster.Capacity!.Received;
        return CalamariEndpoints.Json(
            new SpaceAnswer(time, time.ToUnixTimeMilliseconds(), new SpaceResource(capacity.UsedBytes, capacity.TotalBytes, capacity.AvailableBytes)), ApiJson.Readable.SpaceAnswer);
    }

    private static async Task<IResult> OsdsAsync(
        string fsid, IClusterDirectory clusters, IClusterQuestions questions, HttpContext context, CancellationToken cancellationToken)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        if (cluster.OsdMap is null)
        {
            return Results.Text("[]", "application/json", statusCode: StatusCodes.Status202Accepted);
        }

        OsdMap map = cluster.Map();
        IReadOnlyList<PgResource> pgs = await PgReader.AllAsync(questions, cluster, cancellationToken);
        ILookup<int, string> byOsd = pgs.SelectMany(p => p.Acting.Distinct().Select(o => (Osd: o, p.State))).ToLookup(p => p.Osd, p => p.State);
        string[] wanted = ((string?)context.Request.Query["pg_states"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(wanted, w => PgStateNames.Parse(w) is null) is { } wrong)
        {
            throw ApiException.Field("pg_states", $"'{(wrong.Length > 40 ? wrong[..40] : wrong)}' is no state of placement groups");
        }

        OsdV1Resource[] osds =
        [
            .. map.Osds.Select(o => Osd(cluster, o, PgReader.Counts(byOsd[o.Id.Value]))).Where(o => wanted.Length == 0 || Array.Exists(wanted, o.PgStates.ContainsKey)),
        ];
        return CalamariEndpoints.Json(new OsdV1Answer(osds, PgReader.Counts(pgs.Select(p => p.State))), ApiJson.Readable.OsdV1Answer);
    }

    private static async Task<IResult> OsdAsync(
        string fsid, int id, IClusterDirectory clusters, IClusterQuestions questions, CancellationToken cancellationToken)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        cluster.Map().Osd(id.ToString(CultureInfo.InvariantCulture));
        CommandResult dump = await questions.AskAsync(cluster, "mon", CephCommand.Query("osd dump"), cancellationToken);
        using System.Text.Json.JsonDocument document = dump.ToJson();
        System.Text.Json.JsonElement osd = document.RootElement.GetProperty("osds").EnumerateArray().FirstOrDefault(o => o.GetProperty("osd").GetInt32() == id);
        return osd.ValueKind == System.Text.Json.JsonValueKind.Object
            ? CalamariEndpoints.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("osd");
                osd.WriteTo(writer);
                writer.WriteEndObject();
            })
            : throw ApiException.NotFound($"OSD '{id}' not found");
    }

    private static IResult Pools(string fsid, IClusterDirectory clusters)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return CalamariEndpoints.Json([.. cluster.Map().Pools.Select(p => PoolReader.V1(cluster, p.Key, p.Value))], ApiJson.Readable.IReadOnlyListPoolV1Resource);
    }

    private static IResult Pool(string fsid, long id, IClusterDirectory clusters)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        (PoolId number, Pool pool) = PoolEndpoints.Find(cluster, id);
        return CalamariEndpoints.Json(PoolReader.V1(cluster, number, pool), ApiJson.Readable.PoolV1Resource);
    }

    private static IResult Servers(string fsid, IClusterDirectory clusters)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return CalamariEndpoints.Json([.. ServerReader.Of(cluster).Select(s => ServerReader.V1(cluster, s))], ApiJson.Readable.IReadOnlyListServerV1Resource);
    }

    private static ClusterV1Resource Of(ClusterSnapshot cluster)
    {
        DateTimeOffset time = cluster.Contact.LastHeard ?? cluster.Changed;
        return new ClusterV1Resource(time, time.ToUnixTimeMilliseconds(), cluster.Id!.Value.ToString(), cluster.Name);
    }

    private static OsdV1Resource Osd(ClusterSnapshot cluster, OsdEntry osd, IReadOnlyDictionary<string, long> states)
    {
        string? host = OsdReader.Server(cluster, osd);
        return new OsdV1Resource(
            OsdReader.Uuid(osd).ToString("D"),
            osd.IsUp ? 1 : 0,
            osd.IsIn ? 1 : 0,
            osd.Id.Value < osd.Map.Infos.Count ? osd.Info.UpFrom.Value : 0,
            OsdReader.Address(osd.ClientAddresses),
            OsdReader.Address(osd.ClusterAddresses),
            OsdReader.Address(osd.HeartbeatBackAddresses),
            OsdReader.Address(osd.HeartbeatFrontAddresses),
            osd.Id.Value,
            osd.Id.Value,
            states,
            [.. OsdReader.PoolsOf(osd.Map, osd.Id).Select(p => osd.Map.NameOf(new PoolId(p)))],
            host,
            host?.Split('.')[0]);
    }
}
