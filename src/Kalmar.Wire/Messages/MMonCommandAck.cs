namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: paxos header, s32 result, string status, vector of strings command; the data is the output.</summary>
/// <param name="Result">0 or positive, or a negative errno.</param>
/// <param name="Status">One line for the operator.</param>
/// <param name="Command">The command, as it came.</param>
/// <param name="Data">The output.</param>
public sealed record MMonCommandAck(
    int Result, string Status, IReadOnlyList<string> Command, ReadOnlyMemory<byte> Data)
    : IMessage<MMonCommandAck>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonCommandAck;

    /// <inheritdoc/>
    public static ushort WireVersion => 1;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public static MMonCommandAck Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        PaxosHeader.Skip(ref reader);
        return new MMonCommandAck(
            reader.ReadI32(),
            reader.ReadString(),
            reader.ReadList(static (ref WireReader r) => r.ReadString(), 4),
            message.Data);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PaxosHeader.Write(writer);
        writer.WriteI32(Result);
        writer.WriteString(Status);
        writer.WriteList(Command, static (w, s) => w.WriteString(s));
    }
}
