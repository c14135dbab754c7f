using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Server.Endpoints.Calamari.Writing;
using Kalmar.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Pools and their placement groups: the reading side of v2.</summary>
internal static class PoolEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("cluster/{fsid}/pool", AllAsync).WithSummary("Pools; with ?defaults what a new pool would get.").Produces<IReadOnlyList<PoolResource>>();
        api.Get("cluster/{fsid}/pool/{id:long}", One).WithSummary("A pool.").Produces<PoolResource>();
        api.Get("cluster/{fsid}/pool/stats", AllStats).WithSummary("The counters of all pools.").Produces<IReadOnlyList<PoolStatsResource>>();
        api.Get("cluster/{fsid}/pool/{id:long}/stats", Stats).WithSummary("A pool's counters.").Produces<PoolStatsResource>();
        api.Get("cluster/{fsid}/pool/{id:long}/pg", PgsAsync).WithSummary("A pool's placement groups.").Produces<IReadOnlyList<PgResource>>();
        api.Get("cluster/{fsid}/pool/{id:long}/pg/{pgid}", PgAsync).WithSummary("A placement group.").Produces<PgResource>();
        api.Get("cluster/{fsid}/pool/{id:long}/pg/{pgid}/query", QueryPgAsync).WithSummary("What the OSD that leads a placement group says of it (pg query): peering, recovery, what it waits for.");
    }

    /// <summary>What a new pool gets when nothing is said.</summary>
    public static async Task<PoolResource> DefaultsAsync(ClusterSnapshot cluster, IClusterQuestions questions, CancellationToken cancellationToken)
    {
        IReadOnlyList<ConfigResource> settings = await ClusterEndpoints.SettingsAsync(cluster, questions, cancellationToken);
        Dictionary<string, string> values = settings.DistinctBy(s => s.Key).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        long size = Number("osd_pool_default_size", 3);
        long min = Number("osd_pool_default_min_size", 0);
        long rule = Number("osd_pool_default_crush_rule", -1);
        return new PoolResource(
            null,
            null,
            (int)size,
            Number("osd_pool_default_pg_num", 32),
            (int)(rule >= 0 ? rule : cluster.Map().Crush.Rules.FirstOrDefault(r => r?.Type == 1)?.Id ?? 0),
            (int)(min > 0 ? min : size - (size / 2)),
            0,
            Number("osd_pool_default_pgp_num", 0) is > 0 and long pgp ? pgp : Number("osd_pool_default_pg_num", 32),
            values.GetValueOrDefault("osd_pool_default_flag_hashpspool") != "false",
            false,
            0,
            0,
            "replicated",
            null);

        long Number(string key, long standard) => values.TryGetValue(key, out string? text) && long.TryParse(text, CultureInfo.InvariantCulture, out long value) ? value : standard;
    }

    /// <summary>A pool.</summary>
    public static (PoolId Id, Pool Pool) Find(ClusterSnapshot cluster, long id) => cluster.Map().Pool(id.ToString(CultureInfo.InvariantCulture));

    private static async Task<IResult> AllAsync(
        string fsid, IClusterDirectory clusters, IClusterQuestions questions, HttpContext context, CancellationToken cancellationToken)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return context.Request.Query.ContainsKey("defaults")
            ? CalamariEndpoints.Json(await DefaultsAsync(cluster, questions, cancellationToken), ApiJson.Readable.PoolResource)
            : Answers.Part(context, cluster, cluster.OsdMap, PoolReader.All(cluster.Map()), ApiJson.Readable.IReadOnlyListPoolResource);
    }

    private static IResult One(string fsid, long id, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        (PoolId number, Pool pool) = Find(cluster, id);
        return Answers.Part(context, cluster, cluster.OsdMap, PoolReader.Of(cluster.Map(), number, pool), ApiJson.Readable.PoolResource);
    }

    private static IResult AllStats(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(
            context, cluster, cluster.PoolCounters, [.. cluster.Map().Pools.Keys.Select(id => PoolReader.Stats(cluster, id))], ApiJson.Readable.IReadOnlyListPoolStatsResource);
    }

    private static IResult Stats(string fsid, long id, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.PoolCounters, PoolReader.Stats(cluster, Find(cluster, id).Id), ApiJson.Readable.PoolStatsResource);
    }

    private static async Task<IResult> PgAsync(
        string fsid, long id, string pgid, IClusterDirectory clusters, IClusterQuestions questions, CancellationToken cancellationToken)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        string name = FindPg(cluster, id, pgid).ToString();
        IReadOnlyList<PgResource> all = await PgReader.AllAsync(questions, cluster, cancellationToken);
        return CalamariEndpoints.Json(
            all.FirstOrDefault(p => p.Id == name) ?? throw ApiException.Unavailable($"the manager does not know PG {name} yet; try again in a moment"), ApiJson.Readable.PgResource);
    }

    private static Task<IResult> QueryPgAsync(string fsid, long id, string pgid, IClusterDirectory clusters, IClusterQuestions questions, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        PgId pg = FindPg(cluster, id, pgid);
        OsdId leader = new PgMapper(cluster.Map()).MapPg(pg).ActingPrimary;
        return leader == OsdId.None
            ? throw ApiException.Unavailable($"PG {pg} has no OSD that leads it now (OSD map {cluster.Map().Epoch})")
            : ChangeRoutes.AskAsync(context, cluster, questions, leader.ToString(), CephCommand.Query("query").With("pgid", pg.ToString()));
    }

    private static PgId FindPg(ClusterSnapshot cluster, long id, string pgid)
    {
        (PoolId number, Pool pool) = Find(cluster, id);
        return PgId.TryParse(pgid, out PgId pg) && pg.Pool == number && pg.Seed < pool.PgNum
            ? pg
            : throw ApiException.NotFound($"PG '{(pgid.Length > 40 ? pgid[..40] : pgid)}' not found in pool {id}");
    }

    private static async Task<IResult> PgsAsync(
        string fsid, long id, IClusterDirectory clusters, IClusterQuestions questions, CancellationToken cancellationToken)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        Find(cluster, id);
        IReadOnlyList<PgResource> all = await PgReader.AllAsync(questions, cluster, cancellationToken);
        return CalamariEndpoints.Json([.. all.Where(p => PgReader.PoolOf(p) == id)], ApiJson.Readable.IReadOnlyListPgResource);
    }
}
