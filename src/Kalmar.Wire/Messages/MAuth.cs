using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Messages;

/// <summary>
/// To a monitor over an open session: paxos header, u32 protocol, blob, u32 MonMap epoch. Renews tickets, fetches rotating keys.
/// </summary>
/// <param name="Protocol">The method.</param>
/// <param name="Payload">The request of the method.</param>
/// <param name="MonMapEpoch">Our MonMap; 0 is taken too.</param>
public sealed record MAuth(AuthMethod Protocol, ReadOnlyMemory<byte> Payload, Epoch MonMapEpoch) : IMessage<MAuth>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.Auth;

    /// <inheritdoc/>
    public static ushort WireVersion => 1;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 0;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MAuth Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        PaxosHeader.Skip(ref reader);
        return new MAuth((AuthMethod)reader.ReadU32(), message.ReadBlob(ref reader), new Epoch(reader.ReadU32()));
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PaxosHeader.Write(writer);
        writer.WriteU32((uint)Protocol);
        writer.WriteBlob(Payload.Span);
        writer.WriteU32(MonMapEpoch.Value);
    }
}
