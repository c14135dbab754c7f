namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: u32 epoch, and the FSMap as the rest of the front.</summary>
/// <param name="Epoch">The map's epoch.</param>
/// <param name="Map">The encoded FSMap.</param>
public sealed record MFsMap(Epoch Epoch, ReadOnlyMemory<byte> Map) : IMessage<MFsMap>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.FsMap;

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
    public static MFsMap Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MFsMap(new Epoch(reader.ReadU32()), message.Front[reader.Position..]);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32(Epoch.Value);
        writer.WriteBytes(Map.Span);
    }
}
