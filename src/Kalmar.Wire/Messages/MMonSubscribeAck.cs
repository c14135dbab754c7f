namespace Kalmar.Wire.Messages;

/// <summary>From a monitor, to peers without stateful subscriptions only: u32 seconds, uuid.</summary>
/// <param name="Interval">Seconds after which to subscribe again.</param>
/// <param name="Fsid">The cluster.</param>
public sealed record MMonSubscribeAck(uint Interval, Guid Fsid) : IMessage<MMonSubscribeAck>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonSubscribeAck;

    /// <inheritdoc/>
    public static ushort WireVersion => 1;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MMonSubscribeAck Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MMonSubscribeAck(reader.ReadU32(), reader.ReadUuid());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32(Interval);
        writer.WriteUuid(Fsid);
    }
}
