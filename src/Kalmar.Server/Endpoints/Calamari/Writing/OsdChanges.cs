using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Changes OSDs and the cluster-wide flags.</summary>
internal static class OsdChanges
{
    private const string C = "cluster/{fsid}/";

    public static void Map(ApiRoutes api)
    {
        api.Change("PATCH", C + "osd/{id:int}", Update, "Changes an OSD: up, in, reweight together; or one of crush_weight, device_class, primary_affinity.", """{"in":false}""");
        api.Change("POST", C + "osd/{id:int}/command/{command}", Command, "Scrubs, deep-scrubs or repairs what an OSD leads.");
        api.Change("POST", C + "osd/{id:int}/destroy", c => new OsdRequestFactory(c.Checked()).Destroy(c.Osd()), "Marks a down OSD destroyed, so that its number can be given to a new disk.");
        api.Change("POST", C + "osd/{id:int}/lost", c => new OsdRequestFactory(c.Checked()).Lost(c.Osd()), "Declares the data of a down OSD lost for ever.");
        api.Change("DELETE", C + "osd/{id:int}", c => new OsdRequestFactory(c.Checked()).Purge(c.Osd()), "Removes a down OSD from the OSD map, CRUSH and the keys.");
        api.Change("PATCH", C + "osd_config", Flags, "Sets and clears cluster-wide flags.", """{"noout":true}""");
        api.Change("PATCH", C + "full_ratio", Ratios, "Sets at which part of its room an OSD counts as full.", """{"nearfull":0.8}""");
    }

    private static RequestPlan Update(Change c)
    {
        bool? up = c.Body.Flag("up");
        bool? isIn = c.Body.Flag("in");
        double? reweight = c.Body.Real("reweight", 0, 1);
        double? crushWeight = c.Body.Real("crush_weight", 0, 10_000);
        double? affinity = c.Body.Real("primary_affinity", 0, 1);
        bool hasClass = c.Body.Root.TryGetProperty("device_class", out _);
        string? deviceClass = c.Body.Text("device_class");
        bool calamaris = up is not null || isIn is not null || reweight is not null;
        int kinds = (calamaris ? 1 : 0) + (crushWeight is null ? 0 : 1) + (affinity is null ? 0 : 1) + (hasClass ? 1 : 0);
        if (kinds > 1)
        {
            c.Body.Problem(crushWeight is not null ? "crush_weight" : hasClass ? "device_class" : "primary_affinity", "must be changed on its own");
        }

        // A client that sends back what it read sends these too.
        foreach (string readOnly in new[] { "id", "uuid", "server", "pools", "valid_commands", "public_addr", "cluster_addr", "crush_node_ancestry", "backend_partition_path", "backend_device_node", "osd_data", "osd_journal" })
        {
            c.Body.Has(readOnly);
        }

        OsdRequestFactory factory = new(c.Checked());
        return crushWeight is { } weight ? factory.SetCrushWeight(c.Osd(), weight)
            : affinity is { } share ? factory.SetPrimaryAffinity(c.Osd(), share)
            : hasClass ? factory.SetClass(c.Osd(), deviceClass)
            : factory.Update(c.Osd(), up, isIn, reweight);
    }

    private static RequestPlan Command(Change c)
    {
        string command = OsdEndpoints.Command(c.Text("command"));
        return new OsdRequestFactory(c.Checked()).Command(c.Osd(), command);
    }

    private static RequestPlan Flags(Change c)
    {
        Dictionary<string, bool> flags = new(StringComparer.Ordinal);
        foreach (System.Text.Json.JsonProperty member in c.Body.Root.EnumerateObject())
        {
            if (!FlagReader.Flags.ContainsKey(member.Name))
            {
                throw ApiException.Detail(
                    StatusCodes.Status403Forbidden,
                    $"'{(member.Name.Length > 40 ? member.Name[..40] : member.Name)}' is not a valid flag: {string.Join(", ", FlagReader.Flags.Keys)}");
            }

            if (c.Body.Flag(member.Name) is { } value)
            {
                flags[member.Name] = value;
            }
        }

        return new FlagRequestFactory(c.Checked()).Update(flags);
    }

    private static RequestPlan Ratios(Change c)
    {
        double? near = c.Body.Real("nearfull", 0, 1);
        double? backfill = c.Body.Real("backfillfull", 0, 1);
        double? full = c.Body.Real("full", 0, 1);
        return new FlagRequestFactory(c.Checked()).SetFullRatios(near, backfill, full);
    }
}
