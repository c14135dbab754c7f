namespace Kalmar.Wire.Frames;

/// <summary>Client: a step of the method, a blob.</summary>
/// <param name="Payload">The method's payload.</param>
public sealed record AuthRequestMoreFrame(ReadOnlyMemory<byte> Payload) : IControlFrame<AuthRequestMoreFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.AuthRequestMore;

    /// <inheritdoc/>
    public static AuthRequestMoreFrame Read(ref WireReader reader) => new(reader.ReadBlob().ToArray());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBlob(Payload.Span);
    }
}
