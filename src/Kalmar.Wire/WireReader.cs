using System.Buffers.Binary;
using System.Text;

namespace Kalmar.Wire;

/// <summary>
/// Reads Ceph's little-endian encoding from a span. Every length is checked against what is left before it is believed; whatever does not
/// fit throws <see cref="CephProtocolException"/> with the structure's name and the offset. A copy of a reader is an independent cursor.
/// </summary>
public ref partial struct WireReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly string _what;
    private readonly int _origin;
    private int _position;

    /// <summary>Starts at the first byte of <paramref name="data"/>.</summary>
    /// <param name="data">The bytes; they are not copied.</param>
    /// <param name="what">The name of the outermost structure, for error messages.</param>
    public WireReader(ReadOnlySpan<byte> data, string what)
        : this(data, what, 0)
    {
    }

    private WireReader(ReadOnlySpan<byte> data, string what, int origin)
    {
        _data = data;
        _what = what;
        _origin = origin;
        _position = 0;
    }

    /// <summary>Bytes that are left.</summary>
    public readonly int Remaining => _data.Length - _position;

    /// <summary>True when nothing is left.</summary>
    public readonly bool IsAtEnd => _position == _data.Length;

    /// <summary>Offset from the start of this reader's span.</summary>
    public readonly int Position => _position;

    /// <summary>What is left, not consumed.</summary>
    public readonly ReadOnlySpan<byte> Rest => _data[_position..];

    /// <summary>Makes the exception for something wrong at the current position.</summary>
    /// <param name="problem">What was wrong, for example "unknown marker 7".</param>
    public readonly CephProtocolException Error(string problem) => new($"{_what}: {problem} at offset {_origin + _position}");

    /// <summary>Consumes <paramref name="count"/> bytes.</summary>
    /// <param name="count">How many; a negative number or more than are left is a protocol error.</param>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            throw Error($"{(uint)count} bytes expected, {Remaining} left");
        }

        ReadOnlySpan<byte> span = _data.Slice(_position, count);
        _position += count;
        return span;
    }

    /// <summary>Passes over <paramref name="count"/> bytes.</summary>
    /// <param name="count">How many.</param>
    public void Skip(int count) => ReadBytes(count);

    /// <summary>u8.</summary>
    public byte ReadU8() => ReadBytes(1)[0];

    /// <summary>s8.</summary>
    public sbyte ReadI8() => (sbyte)ReadU8();

    /// <summary>bool as u8; anything but 0 is true, as Ceph takes it.</summary>
    public bool ReadBool() => ReadU8() != 0;

    /// <summary>u16.</summary>
    public ushort ReadU16() => BinaryPrimitives.ReadUInt16LittleEndian(ReadBytes(2));

    /// <summary>s16.</summary>
    public short ReadI16() => BinaryPrimitives.ReadInt16LittleEndian(ReadBytes(2));

    /// <summary>u32.</summary>
    public uint ReadU32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(4));

    /// <summary>s32.</summary>
    public int ReadI32() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(4));

    /// <summary>u64.</summary>
    public ulong ReadU64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(8));

    /// <summary>s64.</summary>
    public long ReadI64() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(8));

    /// <summary>IEEE single.</summary>
    public float ReadF32() => BinaryPrimitives.ReadSingleLittleEndian(ReadBytes(4));

    /// <summary>IEEE double.</summary>
    public double ReadF64() => BinaryPrimitives.ReadDoubleLittleEndian(ReadBytes(8));

    /// <summary>uuid: 16 bytes in the order of the text form.</summary>
    public Guid ReadUuid() => new(ReadBytes(16), bigEndian: true);

    /// <summary>u32 length and that many bytes (string, bufferlist).</summary>
    public ReadOnlySpan<byte> ReadBlob()
    {
        uint length = ReadU32();
        return length <= (uint)Remaining ? ReadBytes((int)length) : throw Error($"length {length} but only {Remaining} bytes left");
    }

    /// <summary>u32 length and text. Bytes that are not UTF-8 become U+FFFD: text from a cluster is shown, never parsed for meaning.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadBlob());

    /// <summary>u32 count of items to come, believed only if that many can still be there.</summary>
    /// <param name="minimumItemSize">The least number of bytes that one item takes, at least 1.</param>
    public int ReadCount(int minimumItemSize = 1)
    {
        uint count = ReadU32();
        return count <= (uint)(Remaining / minimumItemSize)
            ? (int)count
            : throw Error($"{count} items of at least {minimumItemSize} bytes announced but only {Remaining} bytes left");
    }
}
