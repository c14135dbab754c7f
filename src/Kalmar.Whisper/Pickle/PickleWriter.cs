using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kalmar.Whisper.Pickle;

/// <summary>
/// Writes pickles of protocol 2, which every Python since 2.3 reads: numbers, text, lists, tuples and dictionaries, so that a reader needs to allow
/// no class. Source of the format: the documentation of Python's <c>pickletools</c>.
/// </summary>
internal sealed class PickleWriter(IBufferWriter<byte> output)
{
    public void Begin() => Raw([0x80, 2]);

    public void End() => Raw("."u8);

    public void BeginDictionary() => Raw("}("u8);

    /// <summary>After keys and values in turn.</summary>
    public void EndDictionary() => Raw("u"u8);

    public void BeginList() => Raw("]("u8);

    public void EndList() => Raw("e"u8);

    /// <summary>Makes a tuple of the last two values.</summary>
    public void Pair() => Raw([0x86]);

    public void None() => Raw("N"u8);

    public void Flag(bool value) => Raw(value ? [0x88] : [0x89]);

    public void Integer(long value)
    {
        Span<byte> bytes = output.GetSpan(10);
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            bytes[0] = (byte)'J';
            BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], (int)value);
            output.Advance(5);
        }
        else
        {
            bytes[0] = 0x8a;
            bytes[1] = 8;
            BinaryPrimitives.WriteInt64LittleEndian(bytes[2..], value);
            output.Advance(10);
        }
    }

    public void Real(double value)
    {
        Span<byte> bytes = output.GetSpan(9);
        bytes[0] = (byte)'G';
        BinaryPrimitives.WriteDoubleBigEndian(bytes[1..], value);
        output.Advance(9);
    }

    public void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Span<byte> head = output.GetSpan(5);
        head[0] = (byte)'X';
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], utf8.Length);
        output.Advance(5);
        Raw(utf8);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);
}
