namespace Kalmar.Manager.Clusters;

/// <summary>All placement groups and objects of a cluster, counted.</summary>
/// <param name="States">By states, the most frequent first.</param>
/// <param name="Pgs">Placement groups.</param>
/// <param name="Pools">Pools.</param>
/// <param name="Objects">Objects.</param>
/// <param name="DataBytes">What clients stored, in bytes, before replication.</param>
/// <param name="DegradedObjects">Object copies that are missing.</param>
/// <param name="MisplacedObjects">Object copies that lie elsewhere than they should.</param>
/// <param name="UnfoundObjects">Objects of which no usable copy is known.</param>
/// <param name="ObjectCopies">Copies of objects that there should be: what degraded and misplaced are shares of; 0 when not told.</param>
public sealed record PgSummary(
    IReadOnlyList<PgStateCount> States,
    long Pgs,
    long Pools,
    long Objects,
    long DataBytes,
    long DegradedObjects,
    long MisplacedObjects,
    long UnfoundObjects,
    long ObjectCopies);
