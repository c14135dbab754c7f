namespace Kalmar.Wire.Messages;

/// <summary>
/// Entries of the cluster log, from a daemon to a monitor or to who subscribed to <c>log-LEVEL</c>: paxos header, uuid, list of LogEntry.
/// </summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Entries">In the order of their sequence.</param>
/// <param name="LogVersion">The version of the monitors' log that these entries lead to; 0 from a daemon.</param>
public sealed record MLog(Guid Fsid, IReadOnlyList<LogEntry> Entries, ulong LogVersion = 0) : IMessage<MLog>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.Log;

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
    public static MLog Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        ulong version = PaxosHeader.Read(ref reader);
        return new MLog(reader.ReadUuid(), reader.ReadList<LogEntry>(40), version);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PaxosHeader.Write(writer, LogVersion);
        writer.WriteUuid(Fsid);
        writer.WriteList(Entries);
    }
}
