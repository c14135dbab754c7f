using System.Text;
using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Manager.State;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>The CRUSH map as text, and changes of its rules and buckets.</summary>
internal static class CrushChanges
{
    private const string C = "cluster/{fsid}/";
    private const int ErasureRule = 3;

    public static void Map(ApiRoutes api)
    {
        api.Get(C + "crush_map", GetMap).WithSummary("The CRUSH map as text, in crushtool's language.").Produces<string>(200, "text/plain");
        api.Add("POST", C + "crush_map", UserRole.ReadWrite, PostMapAsync).WithSummary("Replaces the CRUSH map by a text (text/plain). A mistake is told with its line and column.");
        api.Change("POST", C + "crush_rule", CreateRule, "Makes a rule.", """{"name":"by_osd","type":"replicated","min_size":1,"max_size":10,"steps":[{"op":"take","item_name":"default"},{"op":"choose_firstn","num":0,"type":"osd"},{"op":"emit"}]}""");
        api.Change("PATCH", C + "crush_rule/{id:int}", UpdateRule, "Renames a rule or gives it other steps.", """{"name":"by_host"}""");
        api.Change("DELETE", C + "crush_rule/{id:int}", c => new CrushRequestFactory(c.Checked()).DeleteRule(c.Number("id")), "Removes a rule that no pool uses.");
        api.Change("POST", C + "crush_node", CreateNode, "Makes a bucket.", """{"name":"rack1","bucket_type":"rack","items":[]}""");
        api.Change("PATCH", C + "crush_node/{id:int}", UpdateNode, "Renames a bucket or changes what stands in it.", """{"name":"rack2"}""");
        api.Change("DELETE", C + "crush_node/{id:int}", c => new CrushRequestFactory(c.Checked()).DeleteNode(c.Number("id")), "Removes an empty bucket.");
        api.Change("POST", C + "crush_tunables", c =>
        {
            string profile = c.Need("profile");
            return new CrushRequestFactory(c.Checked()).SetTunables(profile);
        }, "Chooses a set of tunables.", """{"profile":"optimal"}""");
    }

    private static IResult GetMap(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Bytes(context, cluster, cluster.OsdMap, Encoding.UTF8.GetBytes(CrushText.Decompile(cluster.Map().Crush)), "text/plain; charset=utf-8");
    }

    private static async Task<IResult> PostMapAsync(string fsid, IClusterDirectory clusters, Changes changes, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        ReadOnlyMemory<byte> bytes = await JsonBody.ReadBytesAsync(context, CrushText.MaxLength);
        CrushMap map;
        try
        {
            map = CrushText.Compile(Encoding.UTF8.GetString(bytes.Span));
        }
        catch (CrushTextException e)
        {
            throw ApiException.WithBody(StatusCodes.Status400BadRequest, e.Message, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("detail", e.Message);
                writer.WriteNumber("line", e.Line);
                writer.WriteNumber("column", e.Column);
                writer.WriteString("problem", e.Problem);
                writer.WriteEndObject();
            });
        }

        return await changes.SubmitAsync(context, cluster, new CrushRequestFactory(cluster).SetMap(map), StatusCodes.Status200OK);
    }

    private static RequestPlan CreateRule(Change c)
    {
        string name = c.Need("name");
        CrushRule? rule = ReadRule(c, null);
        if (rule is null)
        {
            c.Body.Problem("steps", "This field is required");
        }

        return new CrushRequestFactory(c.Checked()).CreateRule(name, rule!);
    }

    private static RequestPlan UpdateRule(Change c)
    {
        string? name = c.Body.Text("name");
        CrushRule? rule = ReadRule(c, c.Cluster.Map().Crush.RuleOf(c.Number("id")));
        return new CrushRequestFactory(c.Checked()).UpdateRule(c.Number("id"), name, rule);
    }

    /// <summary>The rule in the body; what it does not say is as before. Null when it says nothing of the rule itself.</summary>
    private static CrushRule? ReadRule(Change c, CrushRule? before)
    {
        foreach (string readOnly in new[] { "id", "ruleset", "osd_count" })
        {
            c.Body.Has(readOnly);
        }

        string? type = c.Body.Text("type");
        if (type is not (null or "replicated" or "erasure"))
        {
            c.Body.Problem("type", "must be replicated or erasure");
        }

        long? min = c.Body.Number("min_size", 0, 255);
        long? max = c.Body.Number("max_size", 0, 255);
        bool hasSteps = c.Body.Has("steps");
        if (!hasSteps && (before is null || (type is null && min is null && max is null)))
        {
            return null;
        }

        byte kind = type is null ? before?.Type ?? 1 : (byte)(type == "erasure" ? ErasureRule : 1);
        return new CrushRule(before?.Id ?? 0, kind, hasSteps ? ReadSteps(c) : before!.Steps)
        {
            MinSize = (byte)(min ?? before?.MinSize ?? 1),
            MaxSize = (byte)(max ?? before?.MaxSize ?? 10),
        };
    }

    private static ValueList<CrushRuleStep> ReadSteps(Change c)
    {
        JsonElement steps = c.Body.Root.GetProperty("steps");
        if (steps.ValueKind != JsonValueKind.Array)
        {
            c.Body.Problem("steps", "must be a list of steps");
            return [];
        }

        List<CrushRuleStep> read = [];
        foreach (JsonElement step in steps.EnumerateArray())
        {
            if (ReadStep(c, step, $"steps[{read.Count}]") is not { } one)
            {
                return [];
            }

            read.Add(one);
        }

        return ValueList.Create<CrushRuleStep>(read.ToArray());
    }

    private static CrushRuleStep? ReadStep(Change c, JsonElement step, string where)
    {
        if (step.ValueKind != JsonValueKind.Object || Text(step, "op") is not { } name || CrushReader.OpOf(name) is not { } op)
        {
            c.Body.Problem(where, "must be an object with a known op: take, choose_firstn, chooseleaf_firstn, choose_indep, chooseleaf_indep, emit, set_…");
            return null;
        }

        CrushMap crush = c.Cluster.Map().Crush;
        switch (op)
        {
            case CrushRuleOp.Emit or CrushRuleOp.Noop:
                return new CrushRuleStep(op, 0, 0);
            case CrushRuleOp.Take:
                int? item = Text(step, "item_name") is { } itemName ? crush.FindItem(itemName) : Whole(step, "item");
                if (item is null || (item < 0 && crush.BucketOf(item.Value) is null))
                {
                    c.Body.Problem(where, "takes an item that does not exist");
                    return null;
                }

                return new CrushRuleStep(op, item.Value, 0);
            case CrushRuleOp.ChooseFirstN or CrushRuleOp.ChooseIndep or CrushRuleOp.ChooseLeafFirstN or CrushRuleOp.ChooseLeafIndep or CrushRuleOp.ChooseMsr:
                string? typeName = Text(step, "type");
                int index = typeName is null ? -1 : crush.TypeNames.ValueSpan.IndexOf(typeName);
                if (index < 0)
                {
                    c.Body.Problem(where, "chooses a type that does not exist");
                    return null;
                }

                return new CrushRuleStep(op, Whole(step, "num") ?? 0, crush.TypeNames.KeySpan[index]);
            default:
                return new CrushRuleStep(op, Whole(step, "num") ?? 0, 0);
        }
    }

    private static RequestPlan CreateNode(Change c)
    {
        string name = c.Need("name");
        string type = c.Need("bucket_type");
        IReadOnlyList<CrushNodeItem>? items = ReadItems(c);
        int? parent = (int?)c.Body.Number("parent", int.MinValue, -1);
        Ignore(c);
        return new CrushRequestFactory(c.Checked()).CreateNode(name, type, items, parent);
    }

    private static RequestPlan UpdateNode(Change c)
    {
        string? name = c.Body.Text("name");
        IReadOnlyList<CrushNodeItem>? items = ReadItems(c);
        int? parent = (int?)c.Body.Number("parent", int.MinValue, -1);
        c.Body.Has("bucket_type");
        Ignore(c);
        return new CrushRequestFactory(c.Checked()).UpdateNode(c.Number("id"), name, items, parent);
    }

    // Ceph makes straw2 buckets only, and weighs them by what stands in them.
    private static void Ignore(Change c)
    {
        foreach (string readOnly in new[] { "id", "weight", "alg", "hash" })
        {
            c.Body.Has(readOnly);
        }
    }

    private static IReadOnlyList<CrushNodeItem>? ReadItems(Change c)
    {
        if (!c.Body.Has("items"))
        {
            return null;
        }

        JsonElement items = c.Body.Root.GetProperty("items");
        List<(int Pos, CrushNodeItem Item)> read = [];
        foreach (JsonElement item in items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [])
        {
            double weight = 0;
            if (item.ValueKind != JsonValueKind.Object || Whole(item, "id") is not { } id
                || (item.TryGetProperty("weight", out JsonElement w) && (w.ValueKind != JsonValueKind.Number || !w.TryGetDouble(out weight))))
            {
                c.Body.Problem($"items[{read.Count}]", "must be an object with the numbers id, weight and pos");
                return [];
            }

            read.Add((Whole(item, "pos") ?? read.Count, new CrushNodeItem(id, w.ValueKind == JsonValueKind.Number ? weight : null)));
        }

        return [.. read.OrderBy(i => i.Pos).Select(i => i.Item)];
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Whole(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;
}
