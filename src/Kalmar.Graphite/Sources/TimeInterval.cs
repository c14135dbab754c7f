namespace Kalmar.Graphite.Sources;

/// <summary>A stretch of time in unix seconds.</summary>
public readonly record struct TimeInterval(double Start, double End);
