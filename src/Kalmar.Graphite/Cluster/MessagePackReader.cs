using System.Buffers.Binary;
using System.Text;

namespace Kalmar.Graphite.Cluster;

/// <summary>
/// Reads MessagePack (github.com/msgpack/msgpack/blob/master/spec.md) that another server sent. Every length is checked against what is left before it
/// is believed; nothing is made but numbers, texts and what the caller asks for.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> data)
{
    private const int MaxDepth = 32;
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _at == _data.Length;

    /// <summary>The number of items of an array. Each takes a byte at least, so that a count beyond what is left is refused.</summary>
    public int ReadArray() => ReadCount(0x90, 0xdc, 1);

    /// <summary>The number of pairs of a map.</summary>
    public int ReadMap() => ReadCount(0x80, 0xde, 2);

    /// <summary>A text, from a string or from bytes.</summary>
    public string ReadText()
    {
        var head = Byte();
        var length = head switch
        {
            >= 0xa0 and <= 0xbf => head & 31,
            0xd9 or 0xc4 => Byte(),
            0xda or 0xc5 => (int)Unsigned(2),
            0xdb or 0xc6 => Length(Unsigned(4), 1),
            _ => throw Wrong("a text", head),
        };
        return Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>A number; <see cref="double.NaN"/> for nil.</summary>
    public double ReadNumber()
    {
        var head = Byte();
        return head switch
        {
            0xc0 => double.NaN,
            < 0x80 => head,
            >= 0xe0 => (sbyte)head,
            0xc2 or 0xc3 => head & 1,
            0xca => BinaryPrimitives.ReadSingleBigEndian(Take(4)),
            0xcb => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            0xcc => Byte(),
            0xcd => Unsigned(2),
            0xce => Unsigned(4),
            0xcf => Unsigned(8),
            0xd0 => (sbyte)Byte(),
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw Wrong("a number", head),
        };
    }

    /// <summary>A whole number that a time or a step may be.</summary>
    public long ReadWhole()
    {
        var number = ReadNumber();
        return Math.Abs(number) <= 1e15 ? (long)number : throw new FormatException($"MessagePack: {number} at byte {_at} is no whole number");
    }

    /// <summary>True or false, or whether a number is not zero.</summary>
    public bool ReadFlag() => ReadNumber() is not (0 or double.NaN);

    /// <summary>Goes on behind one item of any kind.</summary>
    public void Skip(int depth = 0)
    {
        if (depth > MaxDepth) throw new FormatException($"MessagePack: more than {MaxDepth} levels at byte {_at}");
        var head = Byte();
        _at--;
        switch (head)
        {
            case (>= 0x90 and <= 0x9f) or 0xdc or 0xdd:
                for (var i = ReadArray(); i > 0; i--) Skip(depth + 1);
                break;
            case (>= 0x80 and <= 0x8f) or 0xde or 0xdf:
                for (var i = 2L * ReadMap(); i > 0; i--) Skip(depth + 1);
                break;
            case (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb) or (>= 0xc4 and <= 0xc6):
                ReadText();
                break;
            case >= 0xd4 and <= 0xd8:
                Take(2 + (1 << (head - 0xd4)));
                break;
            case >= 0xc7 and <= 0xc9:
                _at++;
                Take(Length(Unsigned(1 << (head - 0xc7)), 1) + 1);
                break;
            default:
                ReadNumber();
                break;
        }
    }

    private int ReadCount(int small, int medium, int least)
    {
        var head = Byte();
        if ((head & 0xf0) == small) return Length((ulong)(head & 15), least);
        if (head == medium) return Length(Unsigned(2), least);
        if (head == medium + 1) return Length(Unsigned(4), least);
        throw Wrong(least == 1 ? "an array" : "a map", head);
    }

    private readonly int Length(ulong count, int least) => count * (ulong)least <= (ulong)(_data.Length - _at) ? (int)count
        : throw new FormatException($"MessagePack: {count} items at byte {_at} are more than what is left");

    private ulong Unsigned(int bytes)
    {
        ulong value = 0;
        foreach (var b in Take(bytes)) value = (value << 8) | b;
        return value;
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _data.Length - _at) throw new FormatException($"MessagePack: ends at byte {_data.Length} within an item");
        var part = _data.Slice(_at, count);
        _at += count;
        return part;
    }

    private readonly FormatException Wrong(string wanted, byte head) => new($"MessagePack: {wanted} was expected at byte {_at - 1}, and 0x{head:x2} is there");
}
