namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: uuid, u64 last, string channel.</summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Last">The sequence of the last entry that was stored.</param>
/// <param name="Channel">The channel.</param>
public sealed record MLogAck(Guid Fsid, ulong Last, string Channel) : IMessage<MLogAck>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.LogAck;

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
    public static MLogAck Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MLogAck(reader.ReadUuid(), reader.ReadU64(), reader.ReadString());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUuid(Fsid);
        writer.WriteU64(Last);
        writer.WriteString(Channel);
    }
}
