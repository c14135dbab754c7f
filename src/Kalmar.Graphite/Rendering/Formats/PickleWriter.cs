using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>
/// Writes Python's pickle, protocol 2 (docs.python.org/3/library/pickletools.html): lists, dictionaries, text, numbers, and the two classes of graphite-web
/// that a find answer holds. Nothing is ever read as pickle here.
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

    /// <summary>A <c>graphite.intervals.IntervalSet</c> of <c>Interval</c>s: each is made without its constructor and given its attributes.</summary>
    public void Intervals(IReadOnlyList<TimeInterval> intervals)
    {
        New("IntervalSet");
        BeginDictionary();
        Text("intervals");
        List(intervals, static (p, interval) =>
        {
            p.New("Interval");
            p.BeginDictionary();
            p.Text("start");
            p.Float(interval.Start);
            p.Text("end");
            p.Float(interval.End);
            p.Text("tuple");
            p.Float(interval.Start);
            p.Float(interval.End);
            p.Raw([0x86]);
            p.Text("size");
            p.Float(interval.End - interval.Start);
            p.EndDictionary();
            p.Raw("b"u8);
        });
        Text("size");
        Float(intervals.Sum(i => i.End - i.Start));
        EndDictionary();
        Raw("b"u8);
    }

    private void New(string type)
    {
        Raw(Encoding.ASCII.GetBytes($"ccopy_reg\n_reconstructor\ncgraphite.intervals\n{type}\nc__builtin__\nobject\n"));
        Raw("N"u8);
        Raw([0x87]);
        Raw("R"u8);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
