using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>What changed in a pool, and over which time: rates are the one divided by the other.</summary>
/// <param name="Stats">The differences.</param>
/// <param name="Duration">The time that they took.</param>
public sealed record PoolDelta(PoolStats Stats, Utime Duration);
