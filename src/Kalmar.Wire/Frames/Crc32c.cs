using System.Buffers.Binary;
using System.Numerics;

namespace Kalmar.Wire.Frames;

/// <summary>
/// CRC-32C (Castagnoli) as Ceph uses it: the caller gives the seed and there is no final inversion. Runs on the processor's instruction
/// where there is one (SSE 4.2, ARMv8) and on a table elsewhere; the BCL decides.
/// </summary>
public static class Crc32c
{
    /// <summary>The seed of a frame's segments and of most of Ceph's checksums.</summary>
    public const uint SegmentSeed = 0xffffffff;

    /// <summary>Goes on with <paramref name="crc"/> over <paramref name="data"/>.</summary>
    /// <param name="crc">The seed, or the result over what came before.</param>
    /// <param name="data">The bytes.</param>
    public static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
