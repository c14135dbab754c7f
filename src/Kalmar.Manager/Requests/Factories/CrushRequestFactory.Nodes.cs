using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;

namespace Kalmar.Manager.Requests.Factories;

/// <content>Buckets and what stands in them.</content>
public sealed partial class CrushRequestFactory
{
    /// <summary>Makes a bucket.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="typeName">Its type: <c>host</c>, <c>rack</c>, …</param>
    /// <param name="items">What is moved into it; null for nothing.</param>
    /// <param name="parent">The id of the bucket that it is put into; null for none.</param>
    public RequestPlan CreateNode(string name, string typeName, IReadOnlyList<CrushNodeItem>? items = null, int? parent = null)
    {
        NeedName("name", name);
        CrushMap crush = Map.Crush;
        int type = NeedType(typeName);
        if (crush.FindItem(name) is { } taken)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "name", $"'{name}' is the name of {taken} already");
        }

        List<RequestStep> steps = [OsdStep(new CephCommand("osd crush add-bucket").With("name", name).With("type", typeName), new CrushItemExists(name, true))];
        if (parent is { } above)
        {
            CrushBucket bucket = NeedBucket(above);
            steps.Add(Move(name, bucket));
        }

        foreach (CrushNodeItem item in items ?? [])
        {
            steps.AddRange(Place(item, name, typeName, type, null));
        }

        return Plan($"Creating CRUSH node '{name}'", steps, [$"new {typeName} '{name}'", .. (items ?? []).Select(i => $"'{crush.NameOf(i.Id)}' -> '{name}'")]);
    }

    /// <summary>Renames a bucket, or changes what stands in it. What is as asked for already is left out.</summary>
    /// <param name="id">The bucket.</param>
    /// <param name="newName">Its new name; null leaves it.</param>
    /// <param name="items">All that shall stand in it; null leaves it.</param>
    /// <param name="parent">The bucket that it is moved into; null leaves it where it is.</param>
    public RequestPlan UpdateNode(int id, string? newName, IReadOnlyList<CrushNodeItem>? items, int? parent = null)
    {
        CrushMap crush = Map.Crush;
        CrushBucket bucket = NeedBucket(id);
        string name = crush.NameOf(id);
        string headline = $"Updating CRUSH node '{name}'";
        List<RequestStep> steps = [];
        List<string> touches = [];
        if (newName is not null && newName != name)
        {
            NeedName("name", newName);
            if (crush.FindItem(newName) is { } taken)
            {
                throw new RequestRefusedException(RefusalReason.Conflict, "name", $"'{newName}' is the name of {taken} already");
            }

            steps.Add(OsdStep(new CephCommand("osd crush rename-bucket").With("srcname", name).With("dstname", newName), new CrushItemExists(newName, true)));
            touches.Add($"'{name}' -> '{newName}'");
            name = newName;
        }

        if (parent is { } above && !NeedBucket(above).Items.Contains(id))
        {
            steps.Add(Move(name, NeedBucket(above)));
            touches.Add($"'{name}' -> below '{crush.NameOf(above)}'");
        }

        if (items is not null)
        {
            string typeName = crush.TypeNameOf(bucket.Type);
            foreach (CrushNodeItem item in items)
            {
                int at = bucket.Items.IndexOf(item.Id);
                double? have = at < 0 ? null : bucket.ItemWeights[at] / 65536.0;
                RequestStep[] placing = [.. Place(item, name, typeName, bucket.Type, have)];
                steps.AddRange(placing);
                if (placing.Length > 0)
                {
                    touches.Add(at < 0 ? $"'{crush.NameOf(item.Id)}' -> '{name}'" : $"'{crush.NameOf(item.Id)}': weight -> {Text(item.Weight!.Value)}");
                }
            }

            foreach (int gone in bucket.Items.Where(i => items.All(k => k.Id != i)))
            {
                string item = crush.NameOf(gone);
                steps.Add(OsdStep(new CephCommand(gone < 0 ? "osd crush unlink" : "osd crush rm").With("name", item).With("ancestor", name)));
                touches.Add($"'{item}' leaves '{name}'");
            }
        }

        return Plan(headline, steps, touches);
    }

    /// <summary>Moves a bucket or a device into a bucket.</summary>
    /// <param name="id">What is moved.</param>
    /// <param name="parent">Where to.</param>
    public RequestPlan MoveNode(int id, int parent)
    {
        CrushMap crush = Map.Crush;
        CrushBucket above = NeedBucket(parent);
        string name = NeedItem(id);
        bool there = above.Items.Contains(id);
        RequestStep step = id < 0 ? Move(name, above) : Place(new CrushNodeItem(id, WeightOf(id)), crush.NameOf(parent), crush.TypeNameOf(above.Type), above.Type, null).Single();
        return Plan($"Moving '{name}' into '{crush.NameOf(parent)}'", there ? [] : [step], there ? [] : [$"'{name}' -> '{crush.NameOf(parent)}'"]);
    }

    /// <summary>Removes an empty bucket that no rule takes.</summary>
    /// <param name="id">The bucket.</param>
    public RequestPlan DeleteNode(int id)
    {
        CrushMap crush = Map.Crush;
        CrushBucket bucket = NeedBucket(id);
        string name = crush.NameOf(id);
        if (bucket.Items.Count > 0)
        {
            throw new RequestRefusedException(
                RefusalReason.Conflict, "", $"'{name}' is not empty: {string.Join(", ", bucket.Items.Take(5).Select(crush.NameOf))} stand in it; move them away first");
        }

        if (crush.Rules.FirstOrDefault(r => r is not null && r.Steps.Any(s => s.Op == CrushRuleOp.Take && s.Arg1 == id)) is { } rule)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", $"rule '{crush.RuleNames.GetValueOrDefault(rule.Id)}' takes '{name}'; change the rule first");
        }

        return Plan(
            $"Removing CRUSH node '{name}'",
            [OsdStep(new CephCommand("osd crush rm").With("name", name), new CrushItemExists(name, false))],
            [$"'{name}' ({id})"]);
    }

    private IEnumerable<RequestStep> Place(CrushNodeItem item, string parentName, string parentType, int parentTypeId, double? have)
    {
        CrushMap crush = Map.Crush;
        string name = NeedItem(item.Id);
        if (item.Weight is { } wrong && (!double.IsFinite(wrong) || wrong is < 0 or > 100_000))
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "items", $"the weight of '{name}' is 0 to 100000");
        }

        if ((crush.BucketOf(item.Id)?.Type ?? 0) >= parentTypeId)
        {
            throw new RequestRefusedException(
                RefusalReason.Invalid, "items", $"'{name}' is a {crush.TypeNameOf(crush.BucketOf(item.Id)?.Type ?? 0)} and cannot stand in a {parentType}");
        }

        if (item.Id < 0)
        {
            if (have is null)
            {
                yield return OsdStep(new CephCommand("osd crush move").With("name", name).With("args", [$"{parentType}={parentName}"]), new CrushItemExists(name, true, parentName));
            }
            else if (item.Weight is { } subtree && Math.Abs(subtree - have.Value) > 1e-4)
            {
                throw new RequestRefusedException(
                    RefusalReason.Invalid, "items", $"the weight of bucket '{name}' is the sum of what stands in it and cannot be set; set the weights of its devices");
            }

            yield break;
        }

        double weight = item.Weight ?? have ?? WeightOf(item.Id);
        if (have is null)
        {
            yield return OsdStep(
                new CephCommand("osd crush set").With("id", (long)item.Id).With("weight", weight).With("args", [$"{parentType}={parentName}"]),
                new CrushItemExists(name, true, parentName));
        }
        else if (Math.Abs(weight - have.Value) > 1e-5)
        {
            yield return OsdStep(
                new CephCommand("osd crush reweight").With("name", name).With("weight", weight), new CrushItemWeight(name, (uint)(weight * OsdMap.FullWeight)));
        }
    }

    private RequestStep Move(string name, CrushBucket parent)
    {
        string parentName = Map.Crush.NameOf(parent.Id);
        return OsdStep(
            new CephCommand("osd crush move").With("name", name).With("args", [$"{Map.Crush.TypeNameOf(parent.Type)}={parentName}"]),
            new CrushItemExists(name, true, parentName));
    }

    private double WeightOf(int device) => new CrushTree(Map.Crush).WeightOf(new Wire.OsdId(device)) ?? 0;

    private int NeedType(string typeName)
    {
        int index = Map.Crush.TypeNames.ValueSpan.IndexOf(typeName);
        int type = index < 0 ? -1 : Map.Crush.TypeNames.KeySpan[index];
        return type > 0
            ? type
            : throw new RequestRefusedException(
                RefusalReason.Invalid, "bucket_type", $"'{typeName}' is not one of {string.Join(", ", Map.Crush.TypeNames.Where(t => t.Key > 0).Select(t => t.Value))}");
    }

    private CrushBucket NeedBucket(int id) => Map.Crush.BucketOf(id)
        ?? throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no CRUSH node {id}");

    private string NeedItem(int id) => Map.Crush.BucketOf(id) is not null || (id >= 0 && Map.Exists(new Wire.OsdId(id)))
        ? Map.Crush.NameOf(id)
        : throw new RequestRefusedException(RefusalReason.NotFound, "items", $"there is no CRUSH node or OSD {id}");
}
