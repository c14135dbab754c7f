namespace Kalmar.Wire.Messages;

/// <summary>
/// An OSD's statistics to the active manager: paxos header, uuid, osd_stat, map&lt;pg_t, pg_stat&gt;, u32 epoch, utime, map&lt;s64 pool,
/// store_statfs&gt;. What follows the uuid is kept as it came: the statistics have their decoders elsewhere.
/// </summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Stats">Everything behind the uuid.</param>
public sealed record MPgStats(Guid Fsid, ReadOnlyMemory<byte> Stats) : IMessage<MPgStats>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.PgStats;

    /// <inheritdoc/>
    public static ushort WireVersion => 2;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MPgStats Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        PaxosHeader.Skip(ref reader);
        Guid fsid = reader.ReadUuid();
        return new MPgStats(fsid, message.Front[reader.Position..]);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PaxosHeader.Write(writer);
        writer.WriteUuid(Fsid);
        writer.WriteBytes(Stats.Span);
    }
}
