using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Kalmar.Wire.Frames;

/// <summary>
/// Frames of secure mode (AES-128-GCM): one operation of 96 bytes over the preamble and the first 48 bytes of segment 0, zero padded; one
/// over the rest of segment 0 padded to 16, when there is a rest; one over segments 1 to n, each padded to 16, and an epilogue of 16 bytes
/// whose first is the late status, when there are more segments. Each operation has its tag of 16 bytes behind it.
/// </summary>
public sealed class SecureFrameDecoder : FrameDecoder, IDisposable
{
    internal const int InlineSize = 48;
    internal const int BlockSize = 16;
    internal const int EpilogueSize = 16;

    private readonly GcmStream _gcm;
    private readonly byte[] _block = new byte[Preamble.Size + InlineSize + GcmStream.TagSize];

    /// <summary>Starts with the first secure frame.</summary>
    /// <param name="limits">How large frames may be.</param>
    /// <param name="connectionSecret">What both ends agreed on; 40 bytes are used.</param>
    /// <param name="sentByServer">True in a client, which reads what the server sends.</param>
    /// <exception cref="CephProtocolException">The secret is too short.</exception>
    public SecureFrameDecoder(FrameLimits limits, ReadOnlySpan<byte> connectionSecret, bool sentByServer)
        : base(limits) => _gcm = GcmStream.Create(connectionSecret, sentByServer);

    private protected override int PreambleBlockSize => Preamble.Size + InlineSize + GcmStream.TagSize;

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _gcm.Dispose();

    internal static int Pad(int length) => (length + BlockSize - 1) & ~(BlockSize - 1);

    private protected override Preamble ReadPreamble(ReadOnlySequence<byte> block)
    {
        block.CopyTo(_block);
        const int text = Preamble.Size + InlineSize;
        _gcm.Open(_block.AsSpan(0, text), _block.AsSpan(text));
        return Preamble.Parse(_block, Limits);
    }

    private protected override long BodyLength(in Preamble preamble) => RestOfFirst(preamble) + Others(preamble);

    private protected override bool ReadBody(in Preamble preamble, ReadOnlySequence<byte> body, [NotNullWhen(true)] out Frame? frame)
    {
        var segments = new SegmentBuffer();
        byte[] first = new byte[InlineSize + RestOfFirst(preamble)];
        _block.AsSpan(Preamble.Size, InlineSize).CopyTo(first);
        int rest = RestOfFirst(preamble);
        if (rest > 0)
        {
            body.Slice(0, rest).CopyTo(first.AsSpan(InlineSize));
            int text = rest - GcmStream.TagSize;
            _gcm.Open(first.AsSpan(InlineSize, text), first.AsSpan(InlineSize + text));
        }

        segments[0] = first.AsMemory(0, preamble.Length0);
        if (preamble.SegmentCount > 1)
        {
            byte[] bytes = body.Slice(rest).ToArray();
            int text = bytes.Length - GcmStream.TagSize;
            _gcm.Open(bytes.AsSpan(0, text), bytes.AsSpan(text));
            if (!IsComplete(bytes[text - EpilogueSize], preamble.Tag))
            {
                frame = null;
                return false;
            }

            int at = 0;
            for (int i = 1; i < preamble.SegmentCount; i++)
            {
                segments[i] = bytes.AsMemory(at, preamble.Length(i));
                at += Pad(preamble.Length(i));
            }
        }

        frame = new Frame(preamble.Tag, segments[0], segments[1], segments[2], segments[3]);
        return true;
    }

    private static int RestOfFirst(in Preamble preamble)
    {
        int padded = Pad(preamble.Length0);
        return padded > InlineSize ? padded - InlineSize + GcmStream.TagSize : 0;
    }

    private static long Others(in Preamble preamble) => preamble.SegmentCount == 1
        ? 0
        : (long)Pad(preamble.Length1) + Pad(preamble.Length2) + Pad(preamble.Length3) + EpilogueSize + GcmStream.TagSize;
}
