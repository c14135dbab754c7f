using System.Collections.Frozen;

namespace Kalmar.Rados.Crush.Text;

/// <summary>The words for steps that set a tunable while a rule runs.</summary>
internal static class CrushStepNames
{
    public static FrozenDictionary<string, CrushRuleOp> SetSteps { get; } = new Dictionary<string, CrushRuleOp>(StringComparer.Ordinal)
    {
        ["set_choose_tries"] = CrushRuleOp.SetChooseTries,
        ["set_chooseleaf_tries"] = CrushRuleOp.SetChooseLeafTries,
        ["set_choose_local_tries"] = CrushRuleOp.SetChooseLocalTries,
        ["set_choose_local_fallback_tries"] = CrushRuleOp.SetChooseLocalFallbackTries,
        ["set_chooseleaf_vary_r"] = CrushRuleOp.SetChooseLeafVaryR,
        ["set_chooseleaf_stable"] = CrushRuleOp.SetChooseLeafStable,
        ["set_msr_descents"] = CrushRuleOp.SetMsrDescents,
        ["set_msr_collision_tries"] = CrushRuleOp.SetMsrCollisionTries,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<CrushRuleOp, string> Names { get; } = SetSteps.ToFrozenDictionary(p => p.Value, p => p.Key);
}
