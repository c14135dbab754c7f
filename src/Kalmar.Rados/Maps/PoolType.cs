namespace Kalmar.Rados.Maps;

/// <summary>How a pool keeps its data safe, with Ceph's numbers.</summary>
public enum PoolType
{
    /// <summary>Whole copies.</summary>
    Replicated = 1,

    /// <summary>Erasure-coded shards.</summary>
    Erasure = 3,
}
