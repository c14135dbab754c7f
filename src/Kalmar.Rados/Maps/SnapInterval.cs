namespace Kalmar.Rados.Maps;

/// <summary>A run of snapshot ids, one part of Ceph's interval_set. On the wire: u64 start, u64 length.</summary>
/// <param name="Start">The first id.</param>
/// <param name="Length">How many ids.</param>
public readonly record struct SnapInterval(ulong Start, ulong Length);
