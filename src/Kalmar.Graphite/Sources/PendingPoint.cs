namespace Kalmar.Graphite.Sources;

/// <summary>A value that waits to be written.</summary>
/// <param name="Timestamp">Unix time in seconds.</param>
/// <param name="Value">The value.</param>
public readonly record struct PendingPoint(long Timestamp, double Value);
