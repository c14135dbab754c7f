using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Kalmar.Wire.Frames;

/// <summary>
/// Frames of crc mode: preamble; segment 0 and its u32 CRC (nothing when it is empty); with more than one segment also segments 1 to n
/// and an epilogue of 13 bytes: u8 late status, 3 × u32 CRC of segments 1 to 3.
/// </summary>
/// <param name="limits">How large frames may be.</param>
public sealed class CrcFrameDecoder(FrameLimits limits) : FrameDecoder(limits)
{
    internal const int CrcSize = 4;
    internal const int EpilogueSize = 13;

    private protected override int PreambleBlockSize => Preamble.Size;

    private protected override Preamble ReadPreamble(ReadOnlySequence<byte> block)
    {
        Span<byte> bytes = stackalloc byte[Preamble.Size];
        block.CopyTo(bytes);
        return Preamble.Parse(bytes, Limits);
    }

    private protected override long BodyLength(in Preamble preamble)
    {
        long length = preamble.Length0 > 0 ? preamble.Length0 + CrcSize : 0;
        return preamble.SegmentCount > 1
            ? length + preamble.Length1 + preamble.Length2 + preamble.Length3 + EpilogueSize
            : length;
    }

    private protected override bool ReadBody(in Preamble preamble, ReadOnlySequence<byte> body, [NotNullWhen(true)] out Frame? frame)
    {
        byte[] bytes = body.ToArray();
        int at = 0;
        var segments = new SegmentBuffer();
        if (preamble.Length0 > 0)
        {
            segments[0] = bytes.AsMemory(0, preamble.Length0);
            Check(preamble.Tag, 0, segments[0].Span, bytes.AsSpan(preamble.Length0));
            at = preamble.Length0 + CrcSize;
        }

        if (preamble.SegmentCount > 1)
        {
            ReadOnlySpan<byte> epilogue = bytes.AsSpan(bytes.Length - EpilogueSize);
            if (!IsComplete(epilogue[0], preamble.Tag))
            {
                frame = null;
                return false;
            }

            for (int i = 1; i < preamble.SegmentCount; i++)
            {
                segments[i] = bytes.AsMemory(at, preamble.Length(i));
                Check(preamble.Tag, i, segments[i].Span, epilogue[(1 + ((i - 1) * CrcSize))..]);
                at += preamble.Length(i);
            }
        }

        frame = new Frame(preamble.Tag, segments[0], segments[1], segments[2], segments[3]);
        return true;
    }

    private static void Check(FrameTag tag, int segment, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> crc)
    {
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(crc);
        uint actual = Crc32c.Update(Crc32c.SegmentSeed, bytes);
        if (expected != actual)
        {
            throw new CephProtocolException($"frame {tag}: segment {segment} has checksum 0x{actual:x8} where the peer sent 0x{expected:x8}");
        }
    }
}
