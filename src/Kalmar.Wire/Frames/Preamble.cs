using System.Buffers.Binary;

namespace Kalmar.Wire.Frames;

/// <summary>
/// The first 32 bytes of a frame: u8 tag, u8 number of segments, 4 × { u32 length, u16 alignment }, u8 flags, u8 reserved, u32 CRC of the
/// 28 bytes before (seed 0). Lengths are those without padding.
/// </summary>
/// <param name="Tag">The kind of frame.</param>
/// <param name="SegmentCount">1 to 4.</param>
/// <param name="Length0">Bytes of segment 0.</param>
/// <param name="Length1">Bytes of segment 1.</param>
/// <param name="Length2">Bytes of segment 2.</param>
/// <param name="Length3">Bytes of segment 3.</param>
public readonly record struct Preamble(FrameTag Tag, int SegmentCount, int Length0, int Length1, int Length2, int Length3)
{
    /// <summary>Bytes of a preamble.</summary>
    public const int Size = 32;

    private const int Covered = 28;

    /// <summary>The preamble of a frame.</summary>
    /// <param name="frame">The frame.</param>
    public static Preamble Of(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return new Preamble(
            frame.Tag, frame.SegmentCount, frame.Segment0.Length, frame.Segment1.Length, frame.Segment2.Length, frame.Segment3.Length);
    }

    /// <summary>Reads and checks a preamble.</summary>
    /// <param name="bytes">At least 32 bytes.</param>
    /// <param name="limits">What is too long is refused.</param>
    /// <exception cref="CephProtocolException">Wrong checksum, unknown kind, impossible or forbidden lengths.</exception>
    public static Preamble Parse(ReadOnlySpan<byte> bytes, FrameLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(bytes[Covered..]);
        uint actual = Crc32c.Update(0, bytes[..Covered]);
        if (expected != actual)
        {
            throw new CephProtocolException($"preamble: checksum 0x{actual:x8} where the peer sent 0x{expected:x8}");
        }

        var tag = (FrameTag)bytes[0];
        int count = bytes[1];
        if (tag is < FrameTag.Hello or > FrameTag.CompressionDone)
        {
            throw new CephProtocolException($"preamble: unknown frame {bytes[0]}");
        }

        if (count is < 1 or > 4)
        {
            throw new CephProtocolException($"preamble: {count} segments in frame {tag}");
        }

        if ((bytes[26] & 1) != 0)
        {
            throw new CephProtocolException($"preamble: frame {tag} is compressed, which was not agreed on");
        }

        Span<int> lengths = stackalloc int[4];
        for (int i = 0; i < 4; i++)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(2 + (i * 6))..]);
            uint limit = i < count ? Limit(tag, i, limits) : 0;
            if (length > limit)
            {
                throw new CephProtocolException($"preamble: segment {i} of frame {tag} has {length} bytes, at most {limit} are allowed");
            }

            lengths[i] = (int)length;
        }

        if (count > 1 && lengths[count - 1] == 0)
        {
            throw new CephProtocolException($"preamble: the last of {count} segments of frame {tag} is empty");
        }

        if (tag == FrameTag.Message && !limits.AllowMessages)
        {
            throw new CephProtocolException("preamble: a message before the session stands");
        }

        return new Preamble(tag, count, lengths[0], lengths[1], lengths[2], lengths[3]);
    }

    /// <summary>Bytes of the segment with the given number.</summary>
    /// <param name="index">0 to 3.</param>
    public int Length(int index) => index switch
    {
        0 => Length0,
        1 => Length1,
        2 => Length2,
        3 => Length3,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination = destination[..Size];
        destination.Clear();
        destination[0] = (byte)Tag;
        destination[1] = (byte)SegmentCount;
        for (int i = 0; i < SegmentCount; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(2 + (i * 6))..], (uint)Length(i));
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(6 + (i * 6))..], i == 3 ? (ushort)4096 : (ushort)8);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(destination[Covered..], Crc32c.Update(0, destination[..Covered]));
    }

    private static uint Limit(FrameTag tag, int segment, FrameLimits limits) => (tag, segment) switch
    {
        (FrameTag.Message, 0) => Messages.MessageHeader.Size,
        (FrameTag.Message, 1) => (uint)limits.MaxFront,
        (FrameTag.Message, 2) => (uint)limits.MaxMiddle,
        (FrameTag.Message, 3) => (uint)limits.MaxData,
        (_, 0) => (uint)limits.MaxControl,
        _ => 0,
    };
}
