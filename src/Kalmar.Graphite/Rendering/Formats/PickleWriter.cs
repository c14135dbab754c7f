using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>
/// Writes Python's pickle, protocol 2 (docs.python.org/3/library/pickletools.html): lists, dictionaries, pairs, text and numbers,
/// so that a reader needs to allow no class. Nothing is ever read as pickle here.
/// </summary>
internal sealed class PickleWriter(IBufferWriter<byte> writer)
{
    private readonly Utf8Output _output = new(writer);

    public void Begin() => Raw([0x80, 2]);

    public void End()
    {
        Raw("."u8);
        _output.Flush();
    }

    public void List<T>(IEnumerable<T> items, Action<PickleWriter, T> write)
    {
        Raw("]("u8);
        foreach (var item in items) write(this, item);
        Raw("e"u8);
    }

    public void Floats(double[] values, bool whole)
    {
        Raw("]("u8);
        foreach (var value in values)
        {
            if (double.IsNaN(value)) None();
            else if (whole && value == Math.Truncate(value) && Math.Abs(value) < 1e18) Integer((long)value);
            else Float(value);
        }

        Raw("e"u8);
    }

    public void BeginDictionary() => Raw("}("u8);

    public void EndDictionary() => Raw("u"u8);

    public void None() => Raw("N"u8);

    public void Flag(bool value) => Raw(value ? [0x88] : [0x89]);

    public void Integer(long value)
    {
        var room = _output.Room(10);
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            room[0] = (byte)'J';
            BinaryPrimitives.WriteInt32LittleEndian(room[1..], (int)value);
            _output.Used(5);
            return;
        }

        (room[0], room[1]) = (0x8a, 8);
        BinaryPrimitives.WriteInt64LittleEndian(room[2..], value);
        _output.Used(10);
    }

    public void Float(double value)
    {
        var room = _output.Room(9);
        room[0] = (byte)'G';
        BinaryPrimitives.WriteDoubleBigEndian(room[1..], value);
        _output.Used(9);
    }

    public void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        var room = _output.Room(count + 5);
        room[0] = (byte)'X';
        BinaryPrimitives.WriteUInt32LittleEndian(room[1..], (uint)count);
        Encoding.UTF8.GetBytes(value, room[5..]);
        _output.Used(count + 5);
    }

    /// <summary>
    /// Intervals as pairs. graphite-web makes its own classes of them; pickled by name they could not be read by one that runs on Python 3, whose
    /// list of allowed names is that of Python 2.
    /// </summary>
    public void Intervals(IReadOnlyList<TimeInterval> intervals) => List(intervals, static (p, interval) =>
    {
        p.Float(interval.Start);
        p.Float(interval.End);
        p.Raw([0x86]);
    });

    private void Raw(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
