namespace Kalmar.Wire.Frames;

/// <summary>
/// Client: a new session. entity_addrvec mine, entity_addr target, s64 number, u64 global sequence, u64 supported, u64 required, u64
/// flags, u64 cookie.
/// </summary>
/// <param name="Addresses">Where the client is; must hold an address with an IP.</param>
/// <param name="Target">The server's address that it connected to, exact to the nonce.</param>
/// <param name="Number">The client's entity number; -1 when it has none yet.</param>
/// <param name="GlobalSequence">Goes up with each connection that the client makes.</param>
/// <param name="FeaturesSupported">What the client can do.</param>
/// <param name="FeaturesRequired">What the server must be able to do.</param>
/// <param name="Flags">Bit 0: lossy.</param>
/// <param name="Cookie">Names the session; 0 when lossy.</param>
public sealed record ClientIdentFrame(
    EntityAddressVector Addresses,
    EntityAddress Target,
    long Number,
    ulong GlobalSequence,
    ulong FeaturesSupported,
    ulong FeaturesRequired,
    ulong Flags,
    ulong Cookie)
    : IControlFrame<ClientIdentFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.ClientIdent;

    /// <inheritdoc/>
    public static ClientIdentFrame Read(ref WireReader reader) => new(
        EntityAddressVector.Read(ref reader),
        EntityAddress.Read(ref reader),
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
        Target.Write(writer);
        writer.WriteI64(Number);
        writer.WriteU64(GlobalSequence);
        writer.WriteU64(FeaturesSupported);
        writer.WriteU64(FeaturesRequired);
        writer.WriteU64(Flags);
        writer.WriteU64(Cookie);
    }
}
