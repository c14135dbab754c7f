namespace Kalmar.Wire.Messages;

/// <summary>To a monitor: send me the MonMap. Empty.</summary>
public sealed record MMonGetMap : IMessage<MMonGetMap>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonGetMap;

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
    public static MMonGetMap Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new MMonGetMap();
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
    }
}
