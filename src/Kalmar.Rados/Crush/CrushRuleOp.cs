namespace Kalmar.Rados.Crush;

/// <summary>What a step of a rule does, with Ceph's numbers.</summary>
public enum CrushRuleOp
{
    /// <summary>Nothing.</summary>
    Noop = 0,

    /// <summary>Starts at an item.</summary>
    Take = 1,

    /// <summary>Chooses items of a type; what fails is closed up.</summary>
    ChooseFirstN = 2,

    /// <summary>Chooses items of a type; what fails leaves a hole.</summary>
    ChooseIndep = 3,

    /// <summary>Adds what was chosen to the result.</summary>
    Emit = 4,

    /// <summary>Chooses items of a type and a device below each; what fails is closed up.</summary>
    ChooseLeafFirstN = 6,

    /// <summary>Chooses items of a type and a device below each; what fails leaves a hole.</summary>
    ChooseLeafIndep = 7,

    /// <summary>Tries for each item.</summary>
    SetChooseTries = 8,

    /// <summary>Tries for each device below an item.</summary>
    SetChooseLeafTries = 9,

    /// <summary>Retries in the same bucket (old).</summary>
    SetChooseLocalTries = 10,

    /// <summary>Retries by permutation in the same bucket (old).</summary>
    SetChooseLocalFallbackTries = 11,

    /// <summary>Whether the device below depends on the try.</summary>
    SetChooseLeafVaryR = 12,

    /// <summary>Whether devices below keep their place when others leave.</summary>
    SetChooseLeafStable = 13,

    /// <summary>Descents of a multi-step-retry rule (Squid).</summary>
    SetMsrDescents = 14,

    /// <summary>Retries after a collision of a multi-step-retry rule (Squid).</summary>
    SetMsrCollisionTries = 15,

    /// <summary>Chooses in a multi-step-retry rule (Squid).</summary>
    ChooseMsr = 16,
}
