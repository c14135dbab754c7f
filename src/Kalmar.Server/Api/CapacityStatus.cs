namespace Kalmar.Server.Api;

/// <summary>Raw space, in bytes.</summary>
internal sealed record CapacityStatus(long TotalBytes, long UsedBytes, long AvailableBytes);
