using Kalmar.Wire;

namespace Kalmar.Manager.Clusters;

/// <summary>What one pool holds.</summary>
/// <param name="Id">The pool.</param>
/// <param name="StoredBytes">What clients stored.</param>
/// <param name="UsedBytes">Raw space that it takes.</param>
/// <param name="Objects">Objects.</param>
/// <param name="UsedRatio">Share of what it could hold, 0..1.</param>
/// <param name="MaxAvailableBytes">How much more clients can store.</param>
/// <param name="QuotaBytes">Quota in bytes; 0 is none.</param>
/// <param name="QuotaObjects">Quota in objects; 0 is none.</param>
public sealed record PoolUsage(
    PoolId Id,
    long StoredBytes,
    long UsedBytes,
    long Objects,
    double UsedRatio,
    long MaxAvailableBytes,
    long QuotaBytes,
    long QuotaObjects);
