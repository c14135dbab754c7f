using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: u32 protocol, s32 result, u64 global id, blob, string.</summary>
/// <param name="Protocol">The method.</param>
/// <param name="Result">0, or a negative errno.</param>
/// <param name="GlobalId">Who is meant.</param>
/// <param name="Payload">The answer of the method.</param>
/// <param name="Message">Words about a failure.</param>
public sealed record MAuthReply(
    AuthMethod Protocol, int Result, ulong GlobalId, ReadOnlyMemory<byte> Payload, string Message)
    : IMessage<MAuthReply>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.AuthReply;

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
    public static MAuthReply Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MAuthReply(
            (AuthMethod)reader.ReadU32(),
            reader.ReadI32(),
            reader.ReadU64(),
            message.ReadBlob(ref reader),
            reader.ReadString());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32((uint)Protocol);
        writer.WriteI32(Result);
        writer.WriteU64(GlobalId);
        writer.WriteBlob(Payload.Span);
        writer.WriteString(Message);
    }
}
