namespace Kalmar.Carbon.Cache;

/// <summary>A series that has points to write.</summary>
internal readonly record struct DirtyMetric(int Shard, int Metric, int Count, uint Oldest);
