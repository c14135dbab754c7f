namespace Kalmar.Wire.Frames;

/// <summary>Server: bool compress, u32 method.</summary>
/// <param name="IsCompressed">True when frames may be compressed from now on.</param>
/// <param name="Method">The method.</param>
public sealed record CompressionDoneFrame(bool IsCompressed, uint Method) : IControlFrame<CompressionDoneFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.CompressionDone;

    /// <inheritdoc/>
    public static CompressionDoneFrame Read(ref WireReader reader) => new(reader.ReadBool(), reader.ReadU32());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBool(IsCompressed);
        writer.WriteU32(Method);
    }
}
