namespace Kalmar.Wire.Messages;

/// <summary>A message that can be read as well.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
public interface IMessage<TSelf> : IMessage
    where TSelf : IMessage<TSelf>
{
    /// <summary>The header's type.</summary>
    static abstract MessageType WireType { get; }

    /// <summary>The newest version that we know; what demands a newer reader is refused.</summary>
    static abstract ushort WireVersion { get; }

    /// <summary>Reads the front and takes the data.</summary>
    /// <param name="message">A message of <see cref="WireType"/>; the result may refer to its memory.</param>
    /// <exception cref="CephProtocolException">The front is truncated or out of range.</exception>
    static abstract TSelf Read(RawMessage message);
}
