namespace Kalmar.Wire.Messages;

/// <summary>A command to a daemon (<c>ceph tell</c>): uuid, vector of strings (one JSON object); the data is the input.</summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Command">One string: {"prefix": "...", ...}.</param>
/// <param name="Data">The input, for commands that read one.</param>
public sealed record MCommand(Guid Fsid, IReadOnlyList<string> Command, ReadOnlyMemory<byte> Data) : IMessage<MCommand>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.Command;

    /// <inheritdoc/>
    public static ushort WireVersion => 1;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public static MCommand Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MCommand(reader.ReadUuid(), reader.ReadList(static (ref WireReader r) => r.ReadString(), 4), message.Data);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUuid(Fsid);
        writer.WriteList(Command, static (w, s) => w.WriteString(s));
    }
}
