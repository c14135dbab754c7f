namespace Kalmar.Wire.Frames;

/// <summary>Who I am and where I see you: both ends send it right behind the banner. u8 entity type, entity_addr of the peer.</summary>
/// <param name="EntityType">The kind of entity that the sender is.</param>
/// <param name="PeerAddress">Client: the address it connected to. Server: the peer's address as it sees it.</param>
public sealed record HelloFrame(EntityType EntityType, EntityAddress PeerAddress) : IControlFrame<HelloFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.Hello;

    /// <inheritdoc/>
    public static HelloFrame Read(ref WireReader reader) => new((EntityType)reader.ReadU8(), EntityAddress.Read(ref reader));

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8((byte)EntityType);
        PeerAddress.Write(writer);
    }
}
