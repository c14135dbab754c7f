namespace Kalmar.Manager.Clusters.Answers;

/// <summary>What <c>ceph status</c> tells that the maps do not.</summary>
/// <param name="Fsid">The cluster's id as the monitor gives it.</param>
/// <param name="Pgs">Placement groups and objects.</param>
/// <param name="Io">What moves.</param>
/// <param name="Capacity">Raw space, without classes.</param>
public sealed record StatusAnswer(string Fsid, PgSummary Pgs, IoRates Io, ClusterCapacity Capacity);
