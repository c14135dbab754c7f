namespace Kalmar.Wire.Messages;

/// <summary>The answer to <see cref="MCommand"/>: s32 result, string status; the data is the output.</summary>
/// <param name="Result">0 or positive, or a negative errno.</param>
/// <param name="Status">One line for the operator.</param>
/// <param name="Data">The output.</param>
public sealed record MCommandReply(int Result, string Status, ReadOnlyMemory<byte> Data) : IMessage<MCommandReply>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.CommandReply;

    /// <inheritdoc/>
    public static ushort WireVersion => 1;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public static MCommandReply Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MCommandReply(reader.ReadI32(), reader.ReadString(), message.Data);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteI32(Result);
        writer.WriteString(Status);
    }
}
