using Kalmar.Wire.Frames;

namespace Kalmar.Wire.Messages;

/// <summary>A message as it travelled: header and undecoded segments. Types that this library does not know stay in this form.</summary>
/// <param name="Header">The header.</param>
/// <param name="Front">The encoded payload.</param>
/// <param name="Middle">Nearly always empty.</param>
/// <param name="Data">The bulk.</param>
public sealed record RawMessage(
    MessageHeader Header, ReadOnlyMemory<byte> Front, ReadOnlyMemory<byte> Middle = default, ReadOnlyMemory<byte> Data = default) : IMessage
{
    /// <inheritdoc/>
    public MessageType Type => Header.Type;

    /// <inheritdoc/>
    public ushort Version => Header.Version;

    /// <inheritdoc/>
    public ushort CompatVersion => Header.CompatVersion;

    /// <summary>Takes a MESSAGE frame apart.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="CephProtocolException">The frame is no message, or its header is cut.</exception>
    public static RawMessage From(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Tag != FrameTag.Message)
        {
            throw new CephProtocolException($"frame {frame.Tag} is no message");
        }

        var reader = new WireReader(frame.Segment0.Span, "message header");
        return new RawMessage(MessageHeader.Read(ref reader), frame.Segment1, frame.Segment2, frame.Segment3);
    }

    /// <summary>Writes a message into a form that can be framed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="transaction">The header's transaction.</param>
    public static RawMessage Of(IMessage message, ulong transaction = 0)
    {
        ArgumentNullException.ThrowIfNull(message);
        var writer = new WireWriter();
        message.WriteFront(writer);
        var header = new MessageHeader(
            0, transaction, message.Type, MessageHeader.DefaultPriority, message.Version, message.CompatVersion, 0);
        return new RawMessage(header, writer.WrittenMemory, default, message.Data);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBytes(Front.Span);
    }

    /// <summary>The MESSAGE frame with the given numbers.</summary>
    /// <param name="sequence">The sender's count.</param>
    /// <param name="ackSequence">The last message received.</param>
    public Frame ToFrame(ulong sequence, ulong ackSequence)
    {
        var writer = new WireWriter(MessageHeader.Size);
        (Header with { Sequence = sequence, AckSequence = ackSequence }).Write(writer);
        return new Frame(FrameTag.Message, writer.WrittenMemory, Front, Middle, Data);
    }

    /// <summary>Reads the message as what it is.</summary>
    /// <typeparam name="T">The message's type.</typeparam>
    /// <exception cref="CephProtocolException">It is another type, demands a newer reader, or is damaged.</exception>
    public T As<T>()
        where T : IMessage<T>
    {
        if (Header.Type != T.WireType)
        {
            throw new CephProtocolException($"message {Header.Type} ({(int)Header.Type}) came where {T.WireType} was expected");
        }

        if (Header.CompatVersion > T.WireVersion)
        {
            throw new CephProtocolException(
                $"message {T.WireType} version {Header.Version} needs a reader of version {Header.CompatVersion}, we are {T.WireVersion}");
        }

        return T.Read(this);
    }

    /// <summary>A reader over the front.</summary>
    internal WireReader ReadFront() => new(Front.Span, Header.Type.ToString());

    /// <summary>A blob of the front that stays valid: a slice, not a copy.</summary>
    internal ReadOnlyMemory<byte> ReadBlob(ref WireReader reader)
    {
        int length = reader.ReadBlob().Length;
        return Front.Slice(reader.Position - length, length);
    }
}
