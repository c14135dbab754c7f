namespace Kalmar.Wire.Messages;

/// <summary>
/// Segment 0 of a MESSAGE frame, 41 bytes: u64 sequence, u64 transaction, u16 type, u16 priority, u16 version, u32 padding before the data,
/// u16 offset of the data, u64 last sequence received, u8 flags (bit 0: complete), u16 oldest version that reads it, u16 reserved.
/// </summary>
/// <param name="Sequence">Counts the sender's messages on this session from 1.</param>
/// <param name="Transaction">The sender's number for the request; the answer bears it too.</param>
/// <param name="Type">What the front holds.</param>
/// <param name="Priority">127 as a rule, higher goes first.</param>
/// <param name="Version">The version in which the front was written.</param>
/// <param name="CompatVersion">The oldest version whose readers understand the front.</param>
/// <param name="AckSequence">The last sequence that the sender received.</param>
public readonly record struct MessageHeader(
    ulong Sequence, ulong Transaction, MessageType Type, ushort Priority, ushort Version, ushort CompatVersion, ulong AckSequence)
    : IWireEncodable<MessageHeader>
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 41;

    /// <summary>The priority of most messages.</summary>
    public const ushort DefaultPriority = 127;

    private const byte Complete = 1;

    /// <inheritdoc/>
    public static MessageHeader Read(ref WireReader reader)
    {
        ulong sequence = reader.ReadU64();
        ulong transaction = reader.ReadU64();
        var type = (MessageType)reader.ReadU16();
        ushort priority = reader.ReadU16();
        ushort version = reader.ReadU16();
        reader.Skip(6);
        ulong ack = reader.ReadU64();
        reader.Skip(1);
        ushort compat = reader.ReadU16();
        reader.Skip(2);
        return new MessageHeader(sequence, transaction, type, priority, version, compat, ack);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(Sequence);
        writer.WriteU64(Transaction);
        writer.WriteU16((ushort)Type);
        writer.WriteU16(Priority);
        writer.WriteU16(Version);
        writer.WriteZeros(6);
        writer.WriteU64(AckSequence);
        writer.WriteU8(Complete);
        writer.WriteU16(CompatVersion);
        writer.WriteZeros(2);
    }
}
