namespace Kalmar.Rados.Maps;

/// <summary>How many PGs an OSD has. On the wire: three s32.</summary>
/// <param name="Acting">In whose acting set it is.</param>
/// <param name="UpNotActing">In whose up set it is, but not in the acting one.</param>
/// <param name="Primary">That it leads.</param>
public readonly record struct OsdPgCount(int Acting, int UpNotActing, int Primary);
