namespace Kalmar.Collectors.Clusters;

/// <summary>How full a cluster is: what <c>df</c> tells.</summary>
/// <param name="TotalBytes">Raw space of all devices.</param>
/// <param name="AvailableBytes">Of that, free.</param>
/// <param name="UsedBytes">Of that, used: replication and overhead included.</param>
public sealed record CapacityReading(double TotalBytes, double AvailableBytes, double UsedBytes)
{
    /// <summary>The same for each device class.</summary>
    public IReadOnlyList<ClassCapacityReading> Classes { get; init; } = [];

    /// <summary>What each pool takes.</summary>
    public IReadOnlyList<PoolCapacityReading> Pools { get; init; } = [];
}
