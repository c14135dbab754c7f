namespace Kalmar.Wire.Tests.Auth;

/// <summary>Compares the bytes, not the place where they lie.</summary>
internal sealed class MemoryComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static MemoryComparer Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode(ReadOnlyMemory<byte> obj) => obj.Length;
}
