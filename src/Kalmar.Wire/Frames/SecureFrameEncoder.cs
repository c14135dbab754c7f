namespace Kalmar.Wire.Frames;

/// <summary>Writes the frames that <see cref="SecureFrameDecoder"/> reads.</summary>
public sealed class SecureFrameEncoder : FrameEncoder, IDisposable
{
    private readonly GcmStream _gcm;

    /// <summary>Starts with the first secure frame.</summary>
    /// <param name="connectionSecret">What both ends agreed on; 40 bytes are used.</param>
    /// <param name="sentByServer">True in a server.</param>
    /// <exception cref="CephProtocolException">The secret is too short.</exception>
    public SecureFrameEncoder(ReadOnlySpan<byte> connectionSecret, bool sentByServer) =>
        _gcm = GcmStream.Create(connectionSecret, sentByServer);

    /// <inheritdoc/>
    public override void Encode(Frame frame, WireWriter output)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(output);
        ReadOnlySpan<byte> first = frame.Segment0.Span;
        int inline = Math.Min(first.Length, SecureFrameDecoder.InlineSize);
        Span<byte> block = Take(output, Preamble.Size + SecureFrameDecoder.InlineSize + GcmStream.TagSize);
        Preamble.Of(frame).Write(block);
        first[..inline].CopyTo(block[Preamble.Size..]);
        Seal(block);

        ReadOnlySpan<byte> rest = first[inline..];
        if (rest.Length > 0)
        {
            block = Take(output, SecureFrameDecoder.Pad(rest.Length) + GcmStream.TagSize);
            rest.CopyTo(block);
            Seal(block);
        }

        int count = frame.SegmentCount;
        if (count > 1)
        {
            EncodeOthers(frame, count, output);
        }
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _gcm.Dispose();

    private void EncodeOthers(Frame frame, int count, WireWriter output)
    {
        int length = SecureFrameDecoder.EpilogueSize + GcmStream.TagSize;
        for (int i = 1; i < count; i++)
        {
            length = checked(length + SecureFrameDecoder.Pad(frame.Segment(i).Length));
        }

        Span<byte> block = Take(output, length);
        int at = 0;
        for (int i = 1; i < count; i++)
        {
            ReadOnlySpan<byte> segment = frame.Segment(i).Span;
            segment.CopyTo(block[at..]);
            at += SecureFrameDecoder.Pad(segment.Length);
        }

        block[at] = Complete;
        Seal(block);
    }

    private void Seal(Span<byte> block) => _gcm.Seal(block[..^GcmStream.TagSize], block[^GcmStream.TagSize..]);

    private static Span<byte> Take(WireWriter output, int count)
    {
        Span<byte> span = output.GetSpan(count)[..count];
        output.Advance(count);
        span.Clear();
        return span;
    }
}
