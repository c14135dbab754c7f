namespace Kalmar.Wire.Messages;

/// <summary>To a monitor: u64 handle, string what. The version of a map without the map.</summary>
/// <param name="Handle">Comes back in the answer.</param>
/// <param name="What">osdmap, mgrmap, fsmap and the like.</param>
public sealed record MMonGetVersion(ulong Handle, string What) : IMessage<MMonGetVersion>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonGetVersion;

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
    public static MMonGetVersion Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MMonGetVersion(reader.ReadU64(), reader.ReadString());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(Handle);
        writer.WriteString(What);
    }
}
