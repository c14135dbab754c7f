using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Crush;

/// <summary>A placement rule: Ceph's crush_rule.</summary>
/// <param name="Id">Its number, the index in the map.</param>
/// <param name="Type">For which pools: 1 replicated, 3 erasure, 4 and 5 multi-step retry (firstn, indep).</param>
/// <param name="Steps">What to do, in order.</param>
public sealed record CrushRule(int Id, byte Type, ValueList<CrushRuleStep> Steps)
{
    /// <summary>The old ruleset number; equals the id in every map since Luminous.</summary>
    public byte Ruleset { get; init; } = (byte)Id;

    /// <summary>The smallest pool size for the rule (unused since Quincy).</summary>
    public byte MinSize { get; init; } = 1;

    /// <summary>The largest pool size for the rule (unused since Quincy).</summary>
    public byte MaxSize { get; init; } = 10;
}
