using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// The checksum at the end of an OSD map: CRC-32C from ~0 without a final inversion, over the whole encoding, headers included, but not
/// over its own four bytes.
/// </summary>
internal static class MapChecksum
{
    /// <summary>Reads the checksum that comes next and compares it with that of the whole encoding.</summary>
    public static uint Verify(ref WireReader reader, ReadOnlySpan<byte> whole)
    {
        int at = whole.Length - reader.Remaining;
        uint expected = reader.ReadU32();
        uint actual = Update(Update(uint.MaxValue, whole[..at]), whole[(at + 4)..]);
        return actual == expected
            ? expected
            : throw reader.Error($"checksum 0x{actual:x8} where the map says 0x{expected:x8}");
    }

    /// <summary>Fills in the checksum of what was written since <paramref name="start"/> at <paramref name="crcAt"/>.</summary>
    public static void Patch(WireWriter writer, int start, int crcAt)
    {
        Span<byte> whole = MemoryMarshal.AsMemory(writer.WrittenMemory).Span[start..];
        int at = crcAt - start;
        BinaryPrimitives.WriteUInt32LittleEndian(whole[at..], Update(Update(uint.MaxValue, whole[..at]), whole[(at + 4)..]));
    }

    /// <summary>The checksum of a map that was just written.</summary>
    public static uint Last(WireWriter writer) => BinaryPrimitives.ReadUInt32LittleEndian(writer.WrittenSpan[^4..]);

    /// <summary>Eight bytes at a time; the BCL uses the processor's instruction where there is one.</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }
}
