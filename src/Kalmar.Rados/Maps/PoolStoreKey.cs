using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A pool on an OSD.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Osd">The OSD.</param>
public readonly record struct PoolStoreKey(PoolId Pool, OsdId Osd) : IComparable<PoolStoreKey>
{
    /// <inheritdoc/>
    public int CompareTo(PoolStoreKey other) => Pool != other.Pool ? Pool.CompareTo(other.Pool) : Osd.CompareTo(other.Osd);
}
