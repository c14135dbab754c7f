namespace Kalmar.Manager.Clusters;

/// <summary>Raw space of one device class, in bytes.</summary>
/// <param name="DeviceClass"><c>hdd</c>, <c>ssd</c>, <c>nvme</c> or an operator's own.</param>
/// <param name="TotalBytes">All devices.</param>
/// <param name="AvailableBytes">Free.</param>
/// <param name="UsedBytes">Used.</param>
public sealed record ClassCapacity(string DeviceClass, long TotalBytes, long AvailableBytes, long UsedBytes);
