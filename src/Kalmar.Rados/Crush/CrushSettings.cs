namespace Kalmar.Rados.Crush;

/// <summary>The tunables in force while a rule runs; its set steps change them.</summary>
internal readonly record struct CrushSettings
{
    public CrushSettings(CrushTunables tunables)
    {
        // The tunable counts retries, everything else counts tries.
        Tries = (int)Math.Min(tunables.ChooseTotalTries, int.MaxValue - 1) + 1;
        LocalTries = (int)Math.Min(tunables.ChooseLocalTries, int.MaxValue);
        LocalFallbackTries = (int)Math.Min(tunables.ChooseLocalFallbackTries, int.MaxValue);
        DescendOnce = tunables.ChooseLeafDescendOnce != 0;
        VaryR = tunables.ChooseLeafVaryR;
        Stable = tunables.ChooseLeafStable != 0;
    }

    public int Tries { get; init; }

    public int LeafTries { get; init; }

    public int LocalTries { get; init; }

    public int LocalFallbackTries { get; init; }

    public bool DescendOnce { get; init; }

    public int VaryR { get; init; }

    public bool Stable { get; init; }

    /// <summary>Tries for a device below a bucket that firstn chose.</summary>
    public int LeafTriesFirstN => LeafTries > 0 ? LeafTries : DescendOnce ? 1 : Tries;

    /// <summary>Tries for a device below a bucket that indep chose.</summary>
    public int LeafTriesIndep => LeafTries > 0 ? LeafTries : 1;

    /// <summary>After a set step; values out of range change nothing.</summary>
    public CrushSettings With(CrushRuleStep step) => step.Op switch
    {
        CrushRuleOp.SetChooseTries when step.Arg1 > 0 => this with { Tries = step.Arg1 },
        CrushRuleOp.SetChooseLeafTries when step.Arg1 > 0 => this with { LeafTries = step.Arg1 },
        CrushRuleOp.SetChooseLocalTries when step.Arg1 >= 0 => this with { LocalTries = step.Arg1 },
        CrushRuleOp.SetChooseLocalFallbackTries when step.Arg1 >= 0 => this with { LocalFallbackTries = step.Arg1 },
        CrushRuleOp.SetChooseLeafVaryR when step.Arg1 >= 0 => this with { VaryR = step.Arg1 },
        CrushRuleOp.SetChooseLeafStable when step.Arg1 >= 0 => this with { Stable = step.Arg1 > 0 },
        _ => this,
    };
}
