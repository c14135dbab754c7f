using System.Globalization;

namespace Kalmar.Wire;

/// <summary>The number of a pool. It is never used again.</summary>
/// <param name="Value">1 and up.</param>
public readonly record struct PoolId(long Value) : IComparable<PoolId>
{
    /// <inheritdoc/>
    public int CompareTo(PoolId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
