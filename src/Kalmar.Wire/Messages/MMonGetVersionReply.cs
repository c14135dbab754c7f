namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: u64 handle, u64 version, u64 oldest version.</summary>
/// <param name="Handle">What the request had.</param>
/// <param name="Newest">The newest version.</param>
/// <param name="Oldest">The oldest version that the monitors keep.</param>
public sealed record MMonGetVersionReply(ulong Handle, ulong Newest, ulong Oldest) : IMessage<MMonGetVersionReply>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonGetVersionReply;

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
    public static MMonGetVersionReply Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MMonGetVersionReply(reader.ReadU64(), reader.ReadU64(), reader.ReadU64());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(Handle);
        writer.WriteU64(Newest);
        writer.WriteU64(Oldest);
    }
}
