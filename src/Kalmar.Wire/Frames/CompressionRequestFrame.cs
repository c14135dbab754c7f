namespace Kalmar.Wire.Frames;

/// <summary>Client: bool willing, vector of u32 methods.</summary>
/// <param name="IsWilling">False when only the exchange is made.</param>
/// <param name="Methods">Compression methods, the best liked first.</param>
public sealed record CompressionRequestFrame(bool IsWilling, IReadOnlyList<uint> Methods) : IControlFrame<CompressionRequestFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.CompressionRequest;

    /// <inheritdoc/>
    public static CompressionRequestFrame Read(ref WireReader reader) => new(
        reader.ReadBool(),
        reader.ReadList(static (ref WireReader r) => r.ReadU32(), 4));

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBool(IsWilling);
        writer.WriteList(Methods, static (w, m) => w.WriteU32(m));
    }
}
