namespace Kalmar.Rados.Crush;

/// <summary>The numbers that steer CRUSH's choosing. The defaults are those of the "jewel" profile, which every modern map has.</summary>
public sealed record CrushTunables
{
    /// <summary>Retries in the same bucket before starting over; 0 except in legacy maps.</summary>
    public uint ChooseLocalTries { get; init; }

    /// <summary>Retries by permutation in the same bucket; 0 except in legacy maps.</summary>
    public uint ChooseLocalFallbackTries { get; init; }

    /// <summary>Tries in all, less one.</summary>
    public uint ChooseTotalTries { get; init; } = 50;

    /// <summary>1: chooseleaf tries once in each bucket and starts over.</summary>
    public uint ChooseLeafDescendOnce { get; init; } = 1;

    /// <summary>Whether the device below depends on the try, and how fast.</summary>
    public byte ChooseLeafVaryR { get; init; } = 1;

    /// <summary>Which version of the straw lengths straw buckets were computed with.</summary>
    public byte StrawCalcVersion { get; init; } = 1;

    /// <summary>A bit for each algorithm that new buckets may have.</summary>
    public uint AllowedBucketAlgorithms { get; init; } = 54;

    /// <summary>1: devices below keep their place when others leave.</summary>
    public byte ChooseLeafStable { get; init; } = 1;

    /// <summary>Descents of multi-step-retry rules (Squid).</summary>
    public uint MsrDescents { get; init; } = 100;

    /// <summary>Retries after a collision of multi-step-retry rules (Squid).</summary>
    public uint MsrCollisionTries { get; init; } = 100;
}
