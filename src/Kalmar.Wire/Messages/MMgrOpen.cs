namespace Kalmar.Wire.Messages;

/// <summary>
/// A daemon's first message to the manager: string daemon, string service, bool is service, [if so: map metadata, map status], blob
/// configuration, blob defaults.
/// </summary>
/// <param name="Daemon">The daemon's name without its type; for a service daemon its id.</param>
/// <param name="Service">The service; empty for a daemon of Ceph's own types.</param>
/// <param name="Metadata">Of a service daemon; null otherwise.</param>
/// <param name="Status">Of a service daemon; null otherwise.</param>
/// <param name="Config">map&lt;string, map&lt;s32 level, string&gt;&gt; and map&lt;string, string&gt;, as it came.</param>
/// <param name="ConfigDefaults">map&lt;string, string&gt;, as it came.</param>
public sealed record MMgrOpen(
    string Daemon,
    string Service,
    IReadOnlyDictionary<string, string>? Metadata,
    IReadOnlyDictionary<string, string>? Status,
    ReadOnlyMemory<byte> Config,
    ReadOnlyMemory<byte> ConfigDefaults)
    : IMessage<MMgrOpen>
{
    /// <summary>True for a daemon that registers itself, such as radosgw.</summary>
    public bool IsServiceDaemon => Metadata is not null;

    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MgrOpen;

    /// <inheritdoc/>
    public static ushort WireVersion => 3;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MMgrOpen Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        string daemon = reader.ReadString();
        string service = message.Version >= 2 ? reader.ReadString() : "";
        bool isService = message.Version >= 2 && reader.ReadBool();
        Dictionary<string, string>? metadata = isService ? reader.ReadStringMap() : null;
        Dictionary<string, string>? status = isService ? reader.ReadStringMap() : null;
        bool config = message.Version >= 3;
        ReadOnlyMemory<byte> values = config ? message.ReadBlob(ref reader) : default;
        return new MMgrOpen(daemon, service, metadata, status, values, config ? message.ReadBlob(ref reader) : default);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(Daemon);
        writer.WriteString(Service);
        writer.WriteBool(IsServiceDaemon);
        if (Metadata is not null)
        {
            writer.WriteStringMap(Metadata);
            writer.WriteStringMap(Status ?? new Dictionary<string, string>(StringComparer.Ordinal));
        }

        writer.WriteBlob(Config.Span);
        writer.WriteBlob(ConfigDefaults.Span);
    }
}
