using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kalmar.Carbon.RemoteWrite;

/// <summary>The few kinds of protobuf fields that remote-write needs.</summary>
internal static class ProtobufWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;

    /// <summary>A double, as eight bytes.</summary>
    public static void Double(IBufferWriter<byte> output, int field, double value)
    {
        Key(output, field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    /// <summary>An int64.</summary>
    public static void Int64(IBufferWriter<byte> output, int field, long value)
    {
        Key(output, field, Varint);
        Number(output, (ulong)value);
    }

    /// <summary>A string.</summary>
    public static void Text(IBufferWriter<byte> output, int field, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Key(output, field, LengthDelimited);
        Number(output, (ulong)length);
        output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(length)));
    }

    /// <summary>A message inside of another.</summary>
    public static void Message(IBufferWriter<byte> output, int field, ReadOnlySpan<byte> body)
    {
        Key(output, field, LengthDelimited);
        Number(output, (ulong)body.Length);
        output.Write(body);
    }

    private static void Key(IBufferWriter<byte> output, int field, int type) => Number(output, ((ulong)field << 3) | (uint)type);

    private static void Number(IBufferWriter<byte> output, ulong value)
    {
        Span<byte> bytes = output.GetSpan(10);
        int count = 0;
        while (value >= 0x80)
        {
            bytes[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[count++] = (byte)value;
        output.Advance(count);
    }
}
