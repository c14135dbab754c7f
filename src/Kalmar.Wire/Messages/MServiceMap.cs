namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: a ServiceMap, which is the whole front.</summary>
/// <param name="Map">The encoded ServiceMap.</param>
public sealed record MServiceMap(ReadOnlyMemory<byte> Map) : IMessage<MServiceMap>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.ServiceMap;

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
    public static MServiceMap Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new MServiceMap(message.Front);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBytes(Map.Span);
    }
}
