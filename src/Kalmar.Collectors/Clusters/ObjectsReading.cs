namespace Kalmar.Collectors.Clusters;

/// <summary>The objects of a whole cluster.</summary>
/// <param name="Pools">Pools.</param>
/// <param name="Objects">Objects.</param>
/// <param name="DataBytes">Bytes in them, before replication.</param>
/// <param name="Degraded">Copies that are missing.</param>
/// <param name="Misplaced">Copies that lie elsewhere than they should.</param>
/// <param name="Unfound">Objects of which no usable copy is known.</param>
public sealed record ObjectsReading(long Pools, long Objects, long DataBytes, long Degraded, long Misplaced, long Unfound);
