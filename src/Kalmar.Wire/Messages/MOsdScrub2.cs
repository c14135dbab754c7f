namespace Kalmar.Wire.Messages;

/// <summary>To an OSD: scrub PGs of which it is the primary. uuid, u32 epoch, vector of spg_t, bool repair, bool deep.</summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Epoch">The current OSDMap's epoch: with an older one the OSD drops the request silently.</param>
/// <param name="Pgs">The PGs and their shards.</param>
/// <param name="Repair">True to mend what is found.</param>
/// <param name="Deep">True to read all data.</param>
public sealed record MOsdScrub2(Guid Fsid, Epoch Epoch, IReadOnlyList<ShardedPgId> Pgs, bool Repair, bool Deep) : IMessage<MOsdScrub2>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.OsdScrub2;

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
    public static MOsdScrub2 Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MOsdScrub2(
            reader.ReadUuid(), new Epoch(reader.ReadU32()), reader.ReadList<ShardedPgId>(24), reader.ReadBool(), reader.ReadBool());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUuid(Fsid);
        writer.WriteU32(Epoch.Value);
        writer.WriteList(Pgs);
        writer.WriteBool(Repair);
        writer.WriteBool(Deep);
    }
}
