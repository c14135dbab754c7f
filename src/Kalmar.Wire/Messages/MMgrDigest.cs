namespace Kalmar.Wire.Messages;

/// <summary>From a monitor to the active manager, every 5 s: blob mon_status, blob health, both JSON.</summary>
/// <param name="MonStatus">JSON.</param>
/// <param name="Health">JSON.</param>
public sealed record MMgrDigest(ReadOnlyMemory<byte> MonStatus, ReadOnlyMemory<byte> Health) : IMessage<MMgrDigest>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MgrDigest;

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
    public static MMgrDigest Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MMgrDigest(message.ReadBlob(ref reader), message.ReadBlob(ref reader));
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBlob(MonStatus.Span);
        writer.WriteBlob(Health.Span);
    }
}
