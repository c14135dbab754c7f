using Kalmar.Wire;

namespace Kalmar.Manager.Clusters.Answers;

/// <summary>What <c>ceph df detail</c> tells.</summary>
/// <param name="Capacity">Raw space, by device class too.</param>
/// <param name="Pools">Each pool's use.</param>
public sealed record DfAnswer(ClusterCapacity Capacity, IReadOnlyDictionary<PoolId, PoolUsage> Pools);
