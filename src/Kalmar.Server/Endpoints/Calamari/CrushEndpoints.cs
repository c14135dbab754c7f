using Kalmar.Manager.Clusters;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>CRUSH rules, buckets and types: the reading side of v2.</summary>
internal static class CrushEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("cluster/{fsid}/crush_rule_set", RuleSets).WithSummary("Rule sets.").Produces<IReadOnlyList<CrushRuleSetResource>>();
        api.Get("cluster/{fsid}/crush_rule", Rules).WithSummary("Rules.").Produces<IReadOnlyList<CrushRuleResource>>();
        api.Get("cluster/{fsid}/crush_rule/{id:int}", Rule).WithSummary("A rule.").Produces<CrushRuleResource>();
        api.Get("cluster/{fsid}/crush_node", Nodes).WithSummary("Buckets.").Produces<IReadOnlyList<CrushNodeResource>>();
        api.Get("cluster/{fsid}/crush_node/{id:int}", Node).WithSummary("A bucket.").Produces<CrushNodeResource>();
        api.Get("cluster/{fsid}/crush_type", Types).WithSummary("Types of buckets.").Produces<IReadOnlyList<CrushTypeResource>>();
        api.Get("cluster/{fsid}/crush_type/{id:int}", Type).WithSummary("A type.").Produces<CrushTypeResource>();
    }

    /// <summary>A rule of a map.</summary>
    public static CrushRule FindRule(OsdMap map, int id) => map.Crush.RuleOf(id) ?? throw ApiException.NotFound($"CRUSH rule '{id}' not found");

    /// <summary>A bucket of a map.</summary>
    public static CrushBucket FindNode(OsdMap map, int id) => map.Crush.BucketOf(id) ?? throw ApiException.NotFound($"CRUSH node '{id}' not found");

    private static IResult RuleSets(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.OsdMap, CrushReader.RuleSets(cluster.Map()), ApiJson.Readable.IReadOnlyListCrushRuleSetResource);
    }

    private static IResult Rules(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.OsdMap, CrushReader.Rules(cluster.Map()), ApiJson.Readable.IReadOnlyListCrushRuleResource);
    }

    private static IResult Rule(string fsid, int id, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        OsdMap map = cluster.Map();
        return Answers.Part(context, cluster, cluster.OsdMap, CrushReader.Rule(map, FindRule(map, id)), ApiJson.Readable.CrushRuleResource);
    }

    private static IResult Nodes(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.OsdMap, CrushReader.Nodes(cluster.Map()), ApiJson.Readable.IReadOnlyListCrushNodeResource);
    }

    private static IResult Node(string fsid, int id, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        OsdMap map = cluster.Map();
        return Answers.Part(context, cluster, cluster.OsdMap, CrushReader.Node(map.Crush, FindNode(map, id)), ApiJson.Readable.CrushNodeResource);
    }

    private static IResult Types(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.OsdMap, CrushReader.Types(cluster.Map().Crush), ApiJson.Readable.IReadOnlyListCrushTypeResource);
    }

    private static IResult Type(string fsid, int id, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        CrushTypeResource type = CrushReader.Types(cluster.Map().Crush).FirstOrDefault(t => t.Id == id) ?? throw ApiException.NotFound($"CRUSH type '{id}' not found");
        return Answers.Part(context, cluster, cluster.OsdMap, type, ApiJson.Readable.CrushTypeResource);
    }
}
