namespace Kalmar.Wire.Frames;

/// <summary>
/// Client: go on with an older session. entity_addrvec, u64 client cookie, u64 server cookie, u64 global sequence, u64 connect
/// sequence, u64 last message seen.
/// </summary>
/// <param name="Addresses">Where the client is.</param>
/// <param name="ClientCookie">The client's name for the session.</param>
/// <param name="ServerCookie">The server's name for the session.</param>
/// <param name="GlobalSequence">Goes up with each connection.</param>
/// <param name="ConnectSequence">Goes up with each reconnect of this session.</param>
/// <param name="LastSeen">The last message that the client received.</param>
public sealed record SessionReconnectFrame(
    EntityAddressVector Addresses,
    ulong ClientCookie,
    ulong ServerCookie,
    ulong GlobalSequence,
    ulong ConnectSequence,
    ulong LastSeen)
    : IControlFrame<SessionReconnectFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.SessionReconnect;

    /// <inheritdoc/>
    public static SessionReconnectFrame Read(ref WireReader reader) => new(
        EntityAddressVector.Read(ref reader),
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
        writer.WriteU64(ClientCookie);
        writer.WriteU64(ServerCookie);
        writer.WriteU64(GlobalSequence);
        writer.WriteU64(ConnectSequence);
        writer.WriteU64(LastSeen);
    }
}
