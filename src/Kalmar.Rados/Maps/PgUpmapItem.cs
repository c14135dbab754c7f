using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>An exception to CRUSH for one placement group: one OSD stands in for another.</summary>
/// <param name="From">Whom CRUSH chooses.</param>
/// <param name="To">Who takes the place.</param>
public readonly record struct PgUpmapItem(OsdId From, OsdId To);
