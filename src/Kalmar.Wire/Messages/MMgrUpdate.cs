namespace Kalmar.Wire.Messages;

/// <summary>
/// A daemon changes what it said in <see cref="MMgrOpen"/> (Quincy and later): string daemon, string service, bool has metadata,
/// [if so: map metadata, map status].
/// </summary>
/// <param name="Daemon">The daemon's name.</param>
/// <param name="Service">The service.</param>
/// <param name="Metadata">The new metadata; null when unchanged.</param>
/// <param name="Status">The new status; null when unchanged.</param>
public sealed record MMgrUpdate(
    string Daemon, string Service, IReadOnlyDictionary<string, string>? Metadata, IReadOnlyDictionary<string, string>? Status)
    : IMessage<MMgrUpdate>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MgrUpdate;

    /// <inheritdoc/>
    public static ushort WireVersion => 2;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MMgrUpdate Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        string daemon = reader.ReadString();
        string service = reader.ReadString();
        bool hasMetadata = reader.ReadBool();
        Dictionary<string, string>? metadata = hasMetadata ? reader.ReadStringMap() : null;
        return new MMgrUpdate(daemon, service, metadata, hasMetadata ? reader.ReadStringMap() : null);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(Daemon);
        writer.WriteString(Service);
        writer.WriteBool(Metadata is not null);
        if (Metadata is not null)
        {
            writer.WriteStringMap(Metadata);
            writer.WriteStringMap(Status ?? new Dictionary<string, string>(StringComparer.Ordinal));
        }
    }
}
