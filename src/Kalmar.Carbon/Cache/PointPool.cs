using System.Runtime.CompilerServices;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Cache;

/// <summary>
/// Waiting points of a shard beyond the first of each series, packed into chunks of 64 bytes that are linked by number, in pages. No
/// object for a series or a point, so a million of them cost the garbage collector nothing. Not thread-safe: the shard's lock guards it.
/// </summary>
internal sealed class PointPool
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private readonly List<Chunk[]> _pages = [];
    private int _free = -1;
    private int _fresh;
    private int _count;

    /// <summary>Takes a chunk with one point and no next chunk.</summary>
    public int Add(uint timestamp, double value)
    {
        int number = _free;
        if (number >= 0)
        {
            _free = At(number).Next;
        }
        else
        {
            number = _fresh++;
            if (number >> PageBits == _pages.Count)
            {
                _pages.Add(GC.AllocateArray<Chunk>(PageSize, pinned: true)); // Never moved, so the collector does not copy a burst.
            }
        }

        _count++;
        At(number).Begin(timestamp, value);
        return number;
    }

    public ref Chunk At(int number) => ref _pages[number >> PageBits][number & PageMask];

    /// <summary>Gives a chunk back.</summary>
    /// <returns>The one that was linked to it.</returns>
    public int Remove(int number)
    {
        ref Chunk chunk = ref At(number);
        int next = chunk.Next;
        chunk.Next = _free;
        _free = number;
        if (--_count == 0)
        {
            // Nothing waits: after a burst its pages go back.
            _free = -1;
            _fresh = 0;
            if (_pages.Count > 1)
            {
                _pages.RemoveRange(1, _pages.Count - 1);
            }
        }

        return next;
    }

    /// <summary>
    /// Up to 24 points, some 15 of a usual series. The newest is kept as it is; each older one as what differs from the one after it:
    /// <code>
    /// value XOR next value, without the zero bytes around what differs: 0 to 8 bytes | step: 1 or 4 bytes | control byte
    /// control: 0x80 the step has 4 bytes | bits 4 to 6 zero bytes cut below | bits 0 to 3 bytes left
    /// </code>
    /// The control byte comes last, as the points are read from the newest on.
    /// </summary>
    internal struct Chunk
    {
        private const int PackedSize = 46;

        private double _value;
        private uint _timestamp;

        /// <summary>The next chunk's number, or -1.</summary>
        public int Next;

        private Bytes _packed;
        private byte _used;
        private byte _count;

        /// <summary>Points in it.</summary>
        public readonly int Count => _count;

        /// <summary>The newest point's time.</summary>
        public readonly uint Timestamp => _timestamp;

        /// <summary>Makes it hold one point and link to nothing.</summary>
        public void Begin(uint timestamp, double value)
        {
            _timestamp = timestamp;
            _value = value;
            Next = -1;
            _used = 0;
            _count = 1;
        }

        /// <summary>Adds a point; false when there is no room.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool TryAdd(uint timestamp, double value)
        {
            if (!TryPack(timestamp, value))
            {
                return false;
            }

            _timestamp = timestamp;
            _value = value;
            _count++;
            return true;
        }

        /// <summary>Gives the newest point another value; false when there is no room for that.</summary>
        public bool TrySetValue(double value)
        {
            if (_count > 1)
            {
                Chunk before = this;
                Unpack(ref before._used, ref before._timestamp, ref before._value);
                if (!before.TryPack(_timestamp, value))
                {
                    return false;
                }

                _packed = before._packed;
                _used = before._used;
            }

            _value = value;
            return true;
        }

        /// <summary>Removes the newest of several points.</summary>
        public void RemoveLast()
        {
            Unpack(ref _used, ref _timestamp, ref _value);
            _count--;
        }

        /// <summary>Writes all points, the oldest first.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void CopyTo(Span<WhisperPoint> points)
        {
            byte used = _used;
            uint timestamp = _timestamp;
            double value = _value;
            int i = _count - 1;
            points[i] = new WhisperPoint(timestamp, value);
            while (--i >= 0)
            {
                Unpack(ref used, ref timestamp, ref value);
                points[i] = new WhisperPoint(timestamp, value);
            }
        }

        /// <summary>Packs the newest point as what differs from the one that follows.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private bool TryPack(uint timestamp, double value)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(_value) ^ BitConverter.DoubleToUInt64Bits(value);
            int below = bits == 0 ? 0 : (int)ulong.TrailingZeroCount(bits) >> 3;
            bits >>= below * 8;
            int left = 8 - ((int)ulong.LeadingZeroCount(bits) >> 3);
            uint step = timestamp - _timestamp;
            int stepSize = step <= byte.MaxValue ? 1 : 4;
            Span<byte> room = ((Span<byte>)_packed)[_used..];
            if (left + stepSize >= room.Length)
            {
                return false;
            }

            for (int i = 0; i < left; i++)
            {
                room[i] = (byte)bits;
                bits >>= 8;
            }

            for (int i = 0; i < stepSize; i++)
            {
                room[left + i] = (byte)step;
                step >>= 8;
            }

            room[left + stepSize] = (byte)((stepSize == 4 ? 0x80 : 0) | (below << 4) | left);
            _used += (byte)(left + stepSize + 1);
            return true;
        }

        /// <summary>From a point to the one before it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Unpack(ref byte used, ref uint timestamp, ref double value)
        {
            ReadOnlySpan<byte> packed = _packed;
            int at = used - 1;
            int control = packed[at];
            uint step = packed[--at];
            if ((control & 0x80) != 0)
            {
                at -= 3;
                step = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(packed[at..]);
            }

            ulong bits = 0;
            for (int left = control & 15; left > 0; left--)
            {
                bits = (bits << 8) | packed[--at];
            }

            bits <<= ((control >> 4) & 7) * 8;
            timestamp -= step;
            value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(value) ^ bits);
            used = (byte)at;
        }

        [InlineArray(PackedSize)]
        private struct Bytes
        {
            private byte _first;
        }
    }
}
