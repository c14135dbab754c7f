namespace Kalmar.Collectors.Clusters;

/// <summary>What one pool takes, as <c>df</c> tells it.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="StoredBytes">What clients stored.</param>
/// <param name="UsedBytes">Raw space that it takes.</param>
/// <param name="MaxAvailableBytes">How much more clients can store.</param>
/// <param name="UsedRatio">Share of what it could hold, 0 to 1.</param>
public sealed record PoolCapacityReading(long PoolId, double StoredBytes, double UsedBytes, double MaxAvailableBytes, double UsedRatio);
