namespace Kalmar.Wire.Frames;

/// <summary>Writes the frames that <see cref="CrcFrameDecoder"/> reads.</summary>
public sealed class CrcFrameEncoder : FrameEncoder
{
    /// <inheritdoc/>
    public override void Encode(Frame frame, WireWriter output)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(output);
        Preamble.Of(frame).Write(output.GetSpan(Preamble.Size));
        output.Advance(Preamble.Size);
        if (frame.Segment0.Length > 0)
        {
            output.WriteBytes(frame.Segment0.Span);
            output.WriteU32(Crc32c.Update(Crc32c.SegmentSeed, frame.Segment0.Span));
        }

        int count = frame.SegmentCount;
        if (count == 1)
        {
            return;
        }

        for (int i = 1; i < count; i++)
        {
            output.WriteBytes(frame.Segment(i).Span);
        }

        output.WriteU8(Complete);
        for (int i = 1; i < 4; i++)
        {
            output.WriteU32(i < count ? Crc32c.Update(Crc32c.SegmentSeed, frame.Segment(i).Span) : 0);
        }
    }
}
