namespace Kalmar.Wire.Frames;

/// <summary>Both: 32 bytes HMAC-SHA256 over everything received so far, under the session key; zeros with method none.</summary>
/// <param name="Signature">32 bytes.</param>
public sealed record AuthSignatureFrame(ReadOnlyMemory<byte> Signature) : IControlFrame<AuthSignatureFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.AuthSignature;

    /// <inheritdoc/>
    public static AuthSignatureFrame Read(ref WireReader reader) => new(reader.ReadBytes(32).ToArray());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBytes(Signature.Span);
    }
}
