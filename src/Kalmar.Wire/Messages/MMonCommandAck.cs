namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: paxos header, s32 result, string status, vector of strings command; the data is the output.</summary>
/// <param name="Result">0 or positive, or a negative errno.</param>
/// <param name="Status">One line for the operator.</param>
/// <param name="Command">The command, as it came.</param>
/// <param name="Data">The output.</param>
/// <param name="MapVersion">
/// The version of the map that the answer speaks of: after a change, the first one (or a later one) that has it. 0 when there is none.
/// </param>
public sealed record MMonCommandAck(
    int Result, string Status, IReadOnlyList<string> Command, ReadOnlyMemory<byte> Data, ulong MapVersion = 0)
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
        ulong version = PaxosHeader.Read(ref reader);
        return new MMonCommandAck(
            reader.ReadI32(),
            reader.ReadString(),
            reader.ReadList(static (ref WireReader r) => r.ReadString(), 4),
            message.Data, version);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PaxosHeader.Write(writer, MapVersion);
        writer.WriteI32(Result);
        writer.WriteString(Status);
        writer.WriteList(Command, static (w, s) => w.WriteString(s));
    }
}
