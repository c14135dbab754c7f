namespace Kalmar.Wire.Messages;

/// <summary>From a monitor to who subscribed to <c>config</c>: map of string to string.</summary>
/// <param name="Values">The whole configuration that the monitors hold for this client.</param>
public sealed record MConfig(IReadOnlyDictionary<string, string> Values) : IMessage<MConfig>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.Config;

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
    public static MConfig Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MConfig(reader.ReadStringMap());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringMap(Values);
    }
}
