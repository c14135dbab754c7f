using Kalmar.Wire;

namespace Kalmar.Manager.Clusters;

/// <summary>What one OSD last told the active mgr.</summary>
/// <param name="Id">The OSD.</param>
/// <param name="TotalBytes">Size of its device.</param>
/// <param name="UsedBytes">Used.</param>
/// <param name="AvailableBytes">Free.</param>
/// <param name="Pgs">Placement groups that it holds.</param>
/// <param name="CommitLatency">Time to commit.</param>
/// <param name="ApplyLatency">Time to apply.</param>
/// <param name="Sequence">The number of its report: it grows with each one.</param>
public sealed record OsdUsage(
    OsdId Id, long TotalBytes, long UsedBytes, long AvailableBytes, long Pgs, TimeSpan CommitLatency, TimeSpan ApplyLatency, ulong Sequence)
{
    /// <summary>Used share, 0..1; 0 when it has no space.</summary>
    public double UsedRatio => TotalBytes > 0 ? (double)UsedBytes / TotalBytes : 0;
}
