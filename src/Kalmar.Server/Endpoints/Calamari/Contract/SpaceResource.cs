namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>Raw space of a cluster in bytes.</summary>
internal sealed record SpaceResource(long UsedBytes, long CapacityBytes, long FreeBytes);
