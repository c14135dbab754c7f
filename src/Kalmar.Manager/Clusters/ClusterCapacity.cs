namespace Kalmar.Manager.Clusters;

/// <summary>Raw space, in bytes.</summary>
/// <param name="TotalBytes">All devices.</param>
/// <param name="AvailableBytes">Free.</param>
/// <param name="UsedBytes">Used, replication and overhead included.</param>
/// <param name="ByClass">The same for each device class; empty when not told.</param>
public sealed record ClusterCapacity(long TotalBytes, long AvailableBytes, long UsedBytes, IReadOnlyList<ClassCapacity> ByClass)
{
    /// <summary>Used share, 0..1; 0 when there is no space at all.</summary>
    public double UsedRatio => TotalBytes > 0 ? (double)UsedBytes / TotalBytes : 0;
}
