using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>Writes text and numbers as UTF-8 into a growing pooled buffer, and hands it on when it is large.</summary>
internal sealed class Utf8Output(IBufferWriter<byte> writer)
{
    private const int Chunk = 32 * 1024;
    private Memory<byte> _memory;
    private int _used;

    /// <summary>Room for at least <paramref name="size"/> bytes.</summary>
    public Span<byte> Room(int size)
    {
        if (_memory.Length - _used < size)
        {
            Flush();
            _memory = writer.GetMemory(Math.Max(size, Chunk));
        }

        return _memory.Span[_used..];
    }

    /// <summary>Says how many bytes of <see cref="Room"/> were filled.</summary>
    public void Used(int count) => _used += count;

    public void Flush()
    {
        if (_used > 0) writer.Advance(_used);
        (_memory, _used) = (default, 0);
    }

    public Utf8Output Write(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _used += text.Length;
        return this;
    }

    public Utf8Output Write(string text)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        _used += Encoding.UTF8.GetBytes(text, room);
        return this;
    }

    public Utf8Output Write(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out var length);
        _used += length;
        return this;
    }

    /// <summary>Writes a value as Python's repr; whole numbers of counting functions without a decimal point.</summary>
    public void WriteFloat(double value, bool whole)
    {
        var room = Room(FloatWriter.MaxLength);
        if (whole && value == Math.Truncate(value) && Math.Abs(value) < 1e18)
        {
            Utf8Formatter.TryFormat((long)value, room, out var length);
            _used += length;
        }
        else _used += FloatWriter.Write(value, room);
    }

    /// <summary>Writes a JSON string with quotes; everything beyond ASCII is escaped, as Python's json does.</summary>
    public Utf8Output WriteJsonString(string text)
    {
        var room = Room((text.Length * 6) + 2);
        var at = 0;
        room[at++] = (byte)'"';
        foreach (var c in text)
        {
            if (c is >= ' ' and < '\u007f' and not ('"' or '\\'))
            {
                room[at++] = (byte)c;
                continue;
            }

            room[at++] = (byte)'\\';
            var letter = c switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', '\b' => 'b', '\f' => 'f', _ => 'u' };
            room[at++] = (byte)letter;
            if (letter != 'u') continue;
            Utf8Formatter.TryFormat(c, room[at..], out var length, new StandardFormat('x', 4));
            at += length;
        }

        room[at++] = (byte)'"';
        _used += at;
        return this;
    }
}
