using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>OSDs: the reading side of v2.</summary>
internal static class OsdEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("cluster/{fsid}/osd", All).WithSummary("OSDs; ?pool=ID or ?id__in[]=ID filters.").Produces<IReadOnlyList<OsdResource>>();
        api.Get("cluster/{fsid}/osd/{id:int}", One).WithSummary("An OSD.").Produces<OsdResource>();
        api.Get("cluster/{fsid}/osd/command", Commands).WithSummary("What can be asked of OSDs.").Produces<IReadOnlyList<string>>();
        api.Get("cluster/{fsid}/osd/{id:int}/command", ValidCommands).WithSummary("What can be asked of an OSD now.");
        api.Get("cluster/{fsid}/osd/{id:int}/command/{command}", Validity).WithSummary("Whether an OSD takes a command now.").Produces<CommandValidityResource>();
    }

    /// <summary>The command of an address.</summary>
    /// <exception cref="ApiException">403: there is no such command.</exception>
    public static string Command(string command) => OsdReader.Commands.Contains(command, StringComparer.Ordinal)
        ? command
        : throw ApiException.Detail(StatusCodes.Status403Forbidden, $"'{command}' is not a valid command: {string.Join(", ", OsdReader.Commands)}");

    private static IResult All(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        OsdMap map = cluster.Map();
        string? pool = context.Request.Query["pool"];
        StringValues ids = StringValues.Concat(context.Request.Query["id__in[]"], context.Request.Query["id__in"]);
        if (pool is null && ids.Count == 0)
        {
            OsdList list = OsdList.Of(cluster);
            return Answers.Bytes(context, cluster, cluster.OsdMap, list.Body, tag: list.Tag);
        }

        IEnumerable<OsdEntry> osds = map.Osds;
        if (pool is not null)
        {
            if (!long.TryParse(pool, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                throw ApiException.Field("pool", "must be a pool's number");
            }

            osds = osds.Where(o => OsdReader.PoolsOf(map, o.Id).Contains(number));
        }

        if (ids.Count > 0)
        {
            HashSet<int> wanted = [.. ids.SelectMany(i => (i ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(Id)];
            osds = osds.Where(o => wanted.Contains(o.Id.Value));
        }

        return Answers.Part(context, cluster, cluster.OsdMap, [.. osds.Select(o => OsdReader.Of(cluster, o))], ApiJson.Readable.IReadOnlyListOsdResource);
    }

    private static int Id(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
        ? id
        : throw ApiException.Field("id__in[]", $"must be numbers of OSDs, and '{(text.Length > 40 ? text[..40] : text)}' is none");

    private static IResult One(string fsid, int id, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.OsdMap, OsdReader.Of(cluster, Find(cluster, id)), ApiJson.Readable.OsdResource);
    }

    private static IResult Commands(string fsid, IClusterDirectory clusters)
    {
        clusters.Need(fsid);
        return CalamariEndpoints.Json(OsdReader.Commands, ApiJson.Readable.IReadOnlyListString);
    }

    private static IResult ValidCommands(string fsid, int id, IClusterDirectory clusters)
    {
        OsdEntry osd = Find(clusters.Need(fsid), id);
        Dictionary<string, ValidCommandsResource> answer = osd.IsUp ? new() { [id.ToString(CultureInfo.InvariantCulture)] = new(OsdReader.Commands) } : [];
        return CalamariEndpoints.Json(answer, ApiJson.Readable.IReadOnlyDictionaryStringValidCommandsResource);
    }

    private static IResult Validity(string fsid, int id, string command, IClusterDirectory clusters)
    {
        OsdEntry osd = Find(clusters.Need(fsid), id);
        Command(command);
        return CalamariEndpoints.Json(new CommandValidityResource(osd.IsUp), ApiJson.Readable.CommandValidityResource);
    }

    private static OsdEntry Find(ClusterSnapshot cluster, int id) =>
        cluster.Map().Find(new OsdId(id)) ?? throw ApiException.NotFound($"OSD '{id}' not found");
}
