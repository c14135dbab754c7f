namespace Kalmar.Wire.Messages;

/// <summary>To an OSD: recover or backfill PGs first. uuid, vector of spg_t, u8 options.</summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Pgs">The PGs and their shards.</param>
/// <param name="Options">1 recovery, 2 backfill, 4 take it back.</param>
public sealed record MOsdForceRecovery(Guid Fsid, IReadOnlyList<ShardedPgId> Pgs, byte Options) : IMessage<MOsdForceRecovery>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.OsdForceRecovery;

    /// <inheritdoc/>
    public static ushort WireVersion => 2;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 2;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MOsdForceRecovery Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MOsdForceRecovery(reader.ReadUuid(), reader.ReadList<ShardedPgId>(24), reader.ReadU8());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUuid(Fsid);
        writer.WriteList(Pgs);
        writer.WriteU8(Options);
    }
}
