namespace Kalmar.Wire.Messages;

/// <summary>To a monitor: paxos header, uuid, vector of strings (one JSON object); the data is the input.</summary>
/// <param name="Fsid">The cluster; a wrong one is refused.</param>
/// <param name="Command">One string: {"prefix": "...", ...}.</param>
/// <param name="Data">The input, for commands that read one.</param>
public sealed record MMonCommand(Guid Fsid, IReadOnlyList<string> Command, ReadOnlyMemory<byte> Data) : IMessage<MMonCommand>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonCommand;

    /// <inheritdoc/>
    public static ushort WireVersion => 1;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 0;

    /// <inheritdoc/>
    public static MMonCommand Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        PaxosHeader.Skip(ref reader);
        return new MMonCommand(reader.ReadUuid(), reader.ReadList(static (ref WireReader r) => r.ReadString(), 4), message.Data);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PaxosHeader.Write(writer);
        writer.WriteUuid(Fsid);
        writer.WriteList(Command, static (w, s) => w.WriteString(s));
    }
}
