using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Kalmar.Wire.Frames;

/// <summary>
/// Cuts frames out of what arrives, one decoder for one direction of one connection. It never looks at a body before all of it is there,
/// and never lets the caller buffer more than <see cref="Limits"/> allow: lengths are checked with the preamble. Not thread-safe.
/// </summary>
public abstract class FrameDecoder
{
    private Preamble _preamble;
    private long _bodyLength = -1;

    private protected FrameDecoder(FrameLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Limits = limits;
    }

    /// <summary>How large frames may be from the next preamble on.</summary>
    public FrameLimits Limits { get; set; }

    /// <summary>True when a preamble was taken and its body is still to come.</summary>
    public bool IsInsideFrame => _bodyLength >= 0;

    private protected abstract int PreambleBlockSize { get; }

    /// <summary>Takes the next whole frame.</summary>
    /// <param name="input">What arrived and was not consumed yet; moved behind what was consumed, also when the answer is no.</param>
    /// <param name="frame">The frame; its segments are copies and stay valid.</param>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="CephProtocolException">The bytes are no frame, or too large a one; the connection is of no use any more.</exception>
    public bool TryDecode(ref ReadOnlySequence<byte> input, [NotNullWhen(true)] out Frame? frame)
    {
        while (true)
        {
            if (_bodyLength < 0)
            {
                if (input.Length < PreambleBlockSize)
                {
                    frame = null;
                    return false;
                }

                _preamble = ReadPreamble(input.Slice(0, PreambleBlockSize));
                input = input.Slice(PreambleBlockSize);
                _bodyLength = BodyLength(_preamble);
            }

            if (input.Length < _bodyLength)
            {
                frame = null;
                return false;
            }

            ReadOnlySequence<byte> body = input.Slice(0, _bodyLength);
            input = input.Slice(_bodyLength);
            _bodyLength = -1;
            if (ReadBody(_preamble, body, out frame))
            {
                return true;
            }
        }
    }

    private protected abstract Preamble ReadPreamble(ReadOnlySequence<byte> block);

    private protected abstract long BodyLength(in Preamble preamble);

    /// <summary>Decodes what follows the preamble; false when the sender aborted the frame.</summary>
    private protected abstract bool ReadBody(in Preamble preamble, ReadOnlySequence<byte> body, [NotNullWhen(true)] out Frame? frame);

    /// <summary>The late status: low nibble 0xE for a complete frame, 0x1 for one that the sender gave up.</summary>
    private protected static bool IsComplete(byte lateStatus, FrameTag tag) => (lateStatus & 0xf) switch
    {
        0xe => true,
        0x1 => false,
        _ => throw new CephProtocolException($"frame {tag}: unknown late status 0x{lateStatus:x2}"),
    };
}
