using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kalmar.Wire;

/// <summary>
/// Writes Ceph's little-endian encoding into a buffer that grows. It is an <see cref="IBufferWriter{T}"/> too, and can go back to fill in
/// the length of a versioned structure. Not thread-safe; <see cref="Clear"/> makes it ready for the next use without a new allocation.
/// </summary>
public sealed partial class WireWriter : IBufferWriter<byte>
{
    private byte[] _buffer;
    private int _length;

    /// <summary>Starts empty.</summary>
    /// <param name="capacity">Bytes to reserve at first.</param>
    public WireWriter(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _buffer = new byte[Math.Max(capacity, 16)];
    }

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => WrittenSpan.ToArray();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _length = 0;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    /// <summary>Raw bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary><paramref name="count"/> zero bytes.</summary>
    public void WriteZeros(int count) => Take(count).Clear();

    /// <summary>u8.</summary>
    public void WriteU8(byte value) => Take(1)[0] = value;

    /// <summary>s8.</summary>
    public void WriteI8(sbyte value) => Take(1)[0] = (byte)value;

    /// <summary>bool as u8.</summary>
    public void WriteBool(bool value) => WriteU8(value ? (byte)1 : (byte)0);

    /// <summary>u16.</summary>
    public void WriteU16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    /// <summary>s16.</summary>
    public void WriteI16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Take(2), value);

    /// <summary>u32.</summary>
    public void WriteU32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    /// <summary>s32.</summary>
    public void WriteI32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    /// <summary>u64.</summary>
    public void WriteU64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>s64.</summary>
    public void WriteI64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    /// <summary>IEEE single.</summary>
    public void WriteF32(float value) => BinaryPrimitives.WriteSingleLittleEndian(Take(4), value);

    /// <summary>IEEE double.</summary>
    public void WriteF64(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    /// <summary>uuid: 16 bytes in the order of the text form.</summary>
    public void WriteUuid(Guid value) => value.TryWriteBytes(Take(16), bigEndian: true, out _);

    /// <summary>u32 length and the bytes.</summary>
    public void WriteBlob(ReadOnlySpan<byte> bytes)
    {
        WriteU32((uint)bytes.Length);
        WriteBytes(bytes);
    }

    /// <summary>u32 length and the text as UTF-8.</summary>
    public void WriteString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int count = Encoding.UTF8.GetByteCount(text);
        WriteU32((uint)count);
        Encoding.UTF8.GetBytes(text, Take(count));
    }

    private Span<byte> Take(int count)
    {
        Reserve(count);
        Span<byte> span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(_buffer.Length * 2L, (long)_length + count)));
        }
    }
}
