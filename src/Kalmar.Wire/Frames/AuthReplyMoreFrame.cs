namespace Kalmar.Wire.Frames;

/// <summary>Server: a step of the method, a blob.</summary>
/// <param name="Payload">The method's payload.</param>
public sealed record AuthReplyMoreFrame(ReadOnlyMemory<byte> Payload) : IControlFrame<AuthReplyMoreFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.AuthReplyMore;

    /// <inheritdoc/>
    public static AuthReplyMoreFrame Read(ref WireReader reader) => new(reader.ReadBlob().ToArray());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBlob(Payload.Span);
    }
}
