namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: a MgrMap, which is the whole front.</summary>
/// <param name="Map">The encoded MgrMap.</param>
public sealed record MMgrMap(ReadOnlyMemory<byte> Map) : IMessage<MMgrMap>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MgrMap;

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
    public static MMgrMap Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new MMgrMap(message.Front);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBytes(Map.Span);
    }
}
