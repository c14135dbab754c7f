namespace Kalmar.Wire.Frames;

/// <summary>
/// Server: the session stands. entity_addrvec mine, s64 number, u64 global sequence, u64 supported, u64 required, u64 flags, u64
/// cookie.
/// </summary>
/// <param name="Addresses">Where the server is; must hold the address that the client aimed at.</param>
/// <param name="Number">The server's entity number.</param>
/// <param name="GlobalSequence">Goes up with each connection.</param>
/// <param name="FeaturesSupported">What the server can do.</param>
/// <param name="FeaturesRequired">What the client must be able to do.</param>
/// <param name="Flags">Bit 0: lossy.</param>
/// <param name="Cookie">Names the session; 0 when lossy.</param>
public sealed record ServerIdentFrame(
    EntityAddressVector Addresses,
    long Number,
    ulong GlobalSequence,
    ulong FeaturesSupported,
    ulong FeaturesRequired,
    ulong Flags,
    ulong Cookie)
    : IControlFrame<ServerIdentFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.ServerIdent;

    /// <inheritdoc/>
    public static ServerIdentFrame Read(ref WireReader reader) => new(
        EntityAddressVector.Read(ref reader),
        reader.ReadI64(),
        reader.ReadU64(),
        reader.ReadU64(),
        reader.ReadU64(),
        reader.ReadU64(),
        reader.ReadU64());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Addresses.Write(writer);
        writer.WriteI64(Number);
        writer.WriteU64(GlobalSequence);
        writer.WriteU64(FeaturesSupported);
        writer.WriteU64(FeaturesRequired);
        writer.WriteU64(Flags);
        writer.WriteU64(Cookie);
    }
}
