namespace Kalmar.Wire.Frames;

/// <summary>u64 number of the last message that arrived; only on sessions that are not lossy.</summary>
/// <param name="Sequence">The number.</param>
public sealed record AckFrame(ulong Sequence) : IControlFrame<AckFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.Ack;

    /// <inheritdoc/>
    public static AckFrame Read(ref WireReader reader) => new(reader.ReadU64());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(Sequence);
    }
}
