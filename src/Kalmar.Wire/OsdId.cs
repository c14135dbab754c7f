namespace Kalmar.Wire;

/// <summary>The number of an OSD.</summary>
/// <param name="Value">0 and up.</param>
public readonly record struct OsdId(int Value) : IComparable<OsdId>
{
    /// <summary>What stands in an acting set for "nobody" (CRUSH_ITEM_NONE).</summary>
    public static OsdId None { get; } = new(0x7fffffff);

    /// <summary>True for the hole in an acting set.</summary>
    public bool IsNone => this == None;

    /// <inheritdoc/>
    public int CompareTo(OsdId other) => Value.CompareTo(other.Value);

    /// <summary><c>osd.3</c>.</summary>
    public override string ToString() => IsNone ? "none" : $"osd.{Value}";
}
