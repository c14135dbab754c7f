namespace Kalmar.Wire.Messages;

/// <summary>A daemon takes leave of the manager, and the manager answers with the same: string daemon, string service.</summary>
/// <param name="Daemon">The daemon's name.</param>
/// <param name="Service">The service's name; empty for daemons that are no service.</param>
public sealed record MMgrClose(string Daemon, string Service) : IMessage<MMgrClose>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MgrClose;

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
    public static MMgrClose Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MMgrClose(reader.ReadString(), reader.ReadString());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(Daemon);
        writer.WriteString(Service);
    }
}
