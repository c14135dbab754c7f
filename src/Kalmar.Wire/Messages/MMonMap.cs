namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: the blob of a MonMap.</summary>
/// <param name="Map">The encoded MonMap.</param>
public sealed record MMonMap(ReadOnlyMemory<byte> Map) : IMessage<MMonMap>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonMap;

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
    public static MMonMap Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MMonMap(message.ReadBlob(ref reader));
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBlob(Map.Span);
    }
}
