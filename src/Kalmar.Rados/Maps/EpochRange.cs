using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>From one epoch to another. On the wire: u32, u32.</summary>
/// <param name="Begin">The first one.</param>
/// <param name="End">The last one.</param>
public readonly record struct EpochRange(Epoch Begin, Epoch End);
