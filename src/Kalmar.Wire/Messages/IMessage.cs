namespace Kalmar.Wire.Messages;

/// <summary>A message that can be sent.</summary>
public interface IMessage
{
    /// <summary>What it is.</summary>
    MessageType Type { get; }

    /// <summary>The version in which <see cref="WriteFront"/> writes.</summary>
    ushort Version { get; }

    /// <summary>The oldest version whose readers understand that.</summary>
    ushort CompatVersion { get; }

    /// <summary>The message's bulk: input or output of a command, an object's bytes. It is not copied before it is sent.</summary>
    ReadOnlyMemory<byte> Data { get; }

    /// <summary>Appends the front.</summary>
    /// <param name="writer">Where the bytes go.</param>
    void WriteFront(WireWriter writer);
}
