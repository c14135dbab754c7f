using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Wire;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Ceph's own safety questions on their own, and how the monitors elect.</summary>
internal static class SafetyQuestions
{
    private const string C = "cluster/{fsid}/";

    public static void Map(ApiRoutes api)
    {
        Ask(api, "mon/{name}/ok_to_stop", (s, c) => new MonitorRequestFactory(s).AskStop(c.Route("name")), "Whether the quorum stands while a monitor is stopped.");
        Ask(api, "mon/{name}/ok_to_rm", (s, c) => new MonitorRequestFactory(s).AskRemove(c.Route("name")), "Whether the quorum stands when a monitor is taken out of the map.");
        Ask(api, "osd/{id:int}/ok_to_stop", (s, c) => new OsdRequestFactory(s).AskStop(Osd(c)), "Whether every placement group goes on serving while an OSD is stopped.");
        Ask(api, "osd/{id:int}/safe_to_destroy", (s, c) => new OsdRequestFactory(s).AskDestroy(Osd(c)), "Whether an OSD's data is elsewhere too.");

        api.Get(C + "mon_election", Election).WithSummary("How monitors elect their leader, and who must not lead.").Produces<ElectionResource>();
        api.Change("PATCH", C + "mon_election", c =>
        {
            string strategy = c.Need("strategy");
            return new MonitorRequestFactory(c.Checked()).SetElectionStrategy(strategy);
        }, "Chooses how monitors elect their leader: classic, disallow, connectivity.", """{"strategy":"connectivity"}""");
        api.Change(
            "POST", C + "mon/{name}/disallowed_leader", c => new MonitorRequestFactory(c.Checked()).SetDisallowedLeader(c.Text("name"), true),
            "Forbids a monitor to lead; not while the strategy is classic.");
        api.Change("DELETE", C + "mon/{name}/disallowed_leader", c => new MonitorRequestFactory(c.Checked()).SetDisallowedLeader(c.Text("name"), false), "Lets a monitor lead again.");
    }

    private static void Ask(ApiRoutes api, string path, Func<ClusterSnapshot, HttpContext, RequestPlan> plan, string summary) =>
        api.Get(C + path, async (HttpContext context, IClusterDirectory clusters, Changes changes) =>
        {
            ClusterSnapshot cluster = clusters.Need(context.Route("fsid"));
            DryRun run = await changes.Requests.DryRunAsync(cluster.Id!.Value, plan(cluster, context), context.RequestAborted);
            SafetyAnswer answer = run.Safety[0];
            return CalamariEndpoints.Json(new SafetyResource(answer.Question, answer.IsSafe, answer.Reason), ApiJson.Readable.SafetyResource);
        }).WithSummary(summary).Produces<SafetyResource>();

    private static IResult Election(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        MonMap map = cluster.Known(cluster.MonMap, "The monitors' map");
        return Answers.Part(context, cluster, cluster.MonMap, new ElectionResource(map.Strategy.ToName(), [.. map.DisallowedLeaders]), ApiJson.Readable.ElectionResource);
    }

    private static OsdId Osd(HttpContext context) => new(int.Parse(context.Route("id"), System.Globalization.CultureInfo.InvariantCulture));
}
