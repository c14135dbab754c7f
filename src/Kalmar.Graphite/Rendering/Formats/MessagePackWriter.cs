using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>Writes MessagePack (github.com/msgpack/msgpack/blob/master/spec.md): the parts that Graphite's answers need.</summary>
internal sealed class MessagePackWriter(IBufferWriter<byte> writer)
{
    private readonly Utf8Output _output = new(writer);

    public void Flush() => _output.Flush();

    public void Nil() => Byte(0xc0);

    public void Flag(bool value) => Byte(value ? (byte)0xc3 : (byte)0xc2);

    public void Array(int count) => Head(0x90, 16, 0xdc, 0xdd, count);

    public void Map(int count) => Head(0x80, 16, 0xde, 0xdf, count);

    public void Integer(long value)
    {
        if (value is >= 0 and < 128) Byte((byte)value);
        else if (value is < 0 and >= -32) Byte((byte)value);
        else
        {
            var room = _output.Room(9);
            room[0] = value >= 0 && value <= uint.MaxValue ? (byte)0xce : (byte)0xd3;
            if (room[0] == 0xce) BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)value);
            else BinaryPrimitives.WriteInt64BigEndian(room[1..], value);
            _output.Used(room[0] == 0xce ? 5 : 9);
        }
    }

    public void Float(double value)
    {
        var room = _output.Room(9);
        room[0] = 0xcb;
        BinaryPrimitives.WriteDoubleBigEndian(room[1..], value);
        _output.Used(9);
    }

    public void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        var room = _output.Room(count + 5);
        int at;
        if (count < 32) (room[0], at) = ((byte)(0xa0 | count), 1);
        else if (count < 256) (room[0], room[1], at) = (0xd9, (byte)count, 2);
        else
        {
            room[0] = 0xdb;
            BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)count);
            at = 5;
        }

        Encoding.UTF8.GetBytes(value, room[at..]);
        _output.Used(at + count);
    }

    private void Byte(byte value)
    {
        _output.Room(1)[0] = value;
        _output.Used(1);
    }

    private void Head(byte small, int below, byte medium, byte large, int count)
    {
        var room = _output.Room(5);
        if (count < below) (room[0], count) = ((byte)(small | count), 1);
        else if (count <= ushort.MaxValue)
        {
            room[0] = medium;
            BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)count);
            count = 3;
        }
        else
        {
            room[0] = large;
            BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)count);
            count = 5;
        }

        _output.Used(count);
    }
}
