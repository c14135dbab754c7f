using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Makes CRUSH resources.</summary>
internal static class CrushReader
{
    private const double FullWeight = 0x10000;
    private const int ErasureRule = 3;

    /// <summary>The name of each step, as Ceph's JSON has it.</summary>
    private static readonly Dictionary<CrushRuleOp, string> Ops = new()
    {
        [CrushRuleOp.Noop] = "noop",
        [CrushRuleOp.Take] = "take",
        [CrushRuleOp.Emit] = "emit",
        [CrushRuleOp.ChooseFirstN] = "choose_firstn",
        [CrushRuleOp.ChooseIndep] = "choose_indep",
        [CrushRuleOp.ChooseLeafFirstN] = "chooseleaf_firstn",
        [CrushRuleOp.ChooseLeafIndep] = "chooseleaf_indep",
        [CrushRuleOp.SetChooseTries] = "set_choose_tries",
        [CrushRuleOp.SetChooseLeafTries] = "set_chooseleaf_tries",
        [CrushRuleOp.SetChooseLocalTries] = "set_choose_local_tries",
        [CrushRuleOp.SetChooseLocalFallbackTries] = "set_choose_local_fallback_tries",
        [CrushRuleOp.SetChooseLeafVaryR] = "set_chooseleaf_vary_r",
        [CrushRuleOp.SetChooseLeafStable] = "set_chooseleaf_stable",
        [CrushRuleOp.SetMsrDescents] = "set_msr_descents",
        [CrushRuleOp.SetMsrCollisionTries] = "set_msr_collision_tries",
        [CrushRuleOp.ChooseMsr] = "choosemsr",
    };

    /// <summary>The step of a name in Ceph's JSON; null when there is none.</summary>
    public static CrushRuleOp? OpOf(string name) => Ops.ContainsValue(name) ? Ops.First(o => o.Value == name).Key : null;

    /// <summary>All rules by number.</summary>
    public static IReadOnlyList<CrushRuleResource> Rules(OsdMap map) => [.. map.Crush.Rules.OfType<CrushRule>().Select(r => Rule(map, r))];

    /// <summary>One rule.</summary>
    public static CrushRuleResource Rule(OsdMap map, CrushRule rule) => new(
        rule.Id,
        map.Crush.RuleNames.GetValueOrDefault(rule.Id, $"rule{rule.Id}"),
        rule.Ruleset,
        rule.Type == ErasureRule ? "erasure" : "replicated",
        rule.MinSize,
        rule.MaxSize,
        [.. rule.Steps.Select(s => Step(map.Crush, s))],
        OsdReader.Reach(map).OsdsOf(rule).Count);

    /// <summary>All rule sets: each rule is one of its own.</summary>
    public static IReadOnlyList<CrushRuleSetResource> RuleSets(OsdMap map) =>
        [.. Rules(map).GroupBy(r => r.Ruleset).OrderBy(g => g.Key).Select(g => new CrushRuleSetResource(g.Key, [.. g]))];

    /// <summary>All buckets but the shadows of device classes.</summary>
    public static IReadOnlyList<CrushNodeResource> Nodes(OsdMap map)
    {
        CrushReach reach = OsdReader.Reach(map);
        return [.. map.Crush.Buckets.OfType<CrushBucket>().Where(b => !reach.IsShadow(b.Id)).Select(b => Node(map.Crush, b))];
    }

    /// <summary>One bucket.</summary>
    public static CrushNodeResource Node(CrushMap crush, CrushBucket bucket) => new(
        crush.TypeNameOf(bucket.Type),
        crush.NameOf(bucket.Id),
        bucket.Id,
        bucket.Weight / FullWeight,
        bucket.Algorithm.ToString().ToLowerInvariant(),
        bucket.Hash == 0 ? "rjenkins1" : $"hash{bucket.Hash}",
        [.. bucket.Items.Select((item, i) => new CrushItemResource(item, bucket.ItemWeights[i] / FullWeight, i))]);

    /// <summary>All types of buckets.</summary>
    public static IReadOnlyList<CrushTypeResource> Types(CrushMap crush) => [.. crush.TypeNames.Select(t => new CrushTypeResource(t.Key, t.Value))];

    private static CrushRuleStepResource Step(CrushMap crush, CrushRuleStep step)
    {
        string op = Ops.GetValueOrDefault(step.Op, $"op{(int)step.Op}");
        return step.Op switch
        {
            CrushRuleOp.Take => new CrushRuleStepResource(op, Item: step.Arg1, ItemName: crush.NameOf(step.Arg1)),
            CrushRuleOp.Emit or CrushRuleOp.Noop => new CrushRuleStepResource(op),
            CrushRuleOp.ChooseFirstN or CrushRuleOp.ChooseIndep or CrushRuleOp.ChooseLeafFirstN or CrushRuleOp.ChooseLeafIndep or CrushRuleOp.ChooseMsr =>
                new CrushRuleStepResource(op, Type: crush.TypeNameOf(step.Arg2), Num: step.Arg1),
            _ => new CrushRuleStepResource(op, Num: step.Arg1),
        };
    }
}
