namespace Kalmar.Collectors.Clusters;

/// <summary>How full the devices of one class are.</summary>
/// <param name="DeviceClass"><c>hdd</c>, <c>ssd</c>, <c>nvme</c> or an operator's own.</param>
/// <param name="TotalBytes">Raw space.</param>
/// <param name="AvailableBytes">Of that, free.</param>
/// <param name="UsedBytes">Of that, used.</param>
public sealed record ClassCapacityReading(string DeviceClass, double TotalBytes, double AvailableBytes, double UsedBytes);
