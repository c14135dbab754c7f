namespace Kalmar.Wire.Messages;

/// <summary>
/// A daemon's report to the manager: string daemon, vector of PerfCounterType declared, blob packed values, vector of strings undeclared,
/// string service, optional map status, vector of DaemonHealthMetric, blob configuration, map of OSD performance reports, optional map
/// task status, optional metric report. From a report that holds OSD performance reports the last three are not kept.
/// </summary>
/// <param name="Daemon">The daemon's name.</param>
/// <param name="Service">The service; empty for a daemon of Ceph's own types.</param>
/// <param name="Declared">Counters that are new in this session.</param>
/// <param name="Undeclared">Paths of counters that went away; taken off after <paramref name="Declared"/> was added.</param>
/// <param name="Packed">VER(1,1){ values of all declared counters in byte order of their paths }.</param>
/// <param name="Status">Of a service daemon; null when unchanged.</param>
/// <param name="HealthMetrics">What the daemon says about its health.</param>
/// <param name="Config">As in <see cref="MMgrOpen"/>, or empty when unchanged.</param>
/// <param name="TaskStatus">What long tasks do; null when unchanged.</param>
public sealed record MMgrReport(
    string Daemon,
    string Service,
    IReadOnlyList<PerfCounterType> Declared,
    IReadOnlyList<string> Undeclared,
    ReadOnlyMemory<byte> Packed,
    IReadOnlyDictionary<string, string>? Status,
    IReadOnlyList<DaemonHealthMetric> HealthMetrics,
    ReadOnlyMemory<byte> Config,
    IReadOnlyDictionary<string, string>? TaskStatus)
    : IMessage<MMgrReport>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MgrReport;

    /// <inheritdoc/>
    public static ushort WireVersion => 9;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MMgrReport Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        string daemon = reader.ReadString();
        PerfCounterType[] declared = reader.ReadList<PerfCounterType>(21);
        ReadOnlyMemory<byte> packed = message.ReadBlob(ref reader);
        string[] undeclared = reader.ReadList(static (ref WireReader r) => r.ReadString(), 4);
        string service = reader.ReadString();
        Dictionary<string, string>? status = reader.ReadBool() ? reader.ReadStringMap() : null;
        DaemonHealthMetric[] metrics = message.Version >= 5 ? reader.ReadList<DaemonHealthMetric>(15) : [];
        ReadOnlyMemory<byte> config = message.Version >= 6 ? message.ReadBlob(ref reader) : default;
        bool hasQueries = message.Version >= 7 && reader.ReadU32() > 0;
        Dictionary<string, string>? tasks =
            !hasQueries && message.Version >= 8 && reader.ReadBool() ? reader.ReadStringMap() : null;
        return new MMgrReport(daemon, service, declared, undeclared, packed, status, metrics, config, tasks);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(Daemon);
        writer.WriteList(Declared);
        writer.WriteBlob(Packed.Span);
        writer.WriteList(Undeclared, static (w, s) => w.WriteString(s));
        writer.WriteString(Service);
        WriteOptional(writer, Status);
        writer.WriteList(HealthMetrics);
        writer.WriteBlob(Config.Span);
        writer.WriteU32(0);
        WriteOptional(writer, TaskStatus);
        writer.WriteBool(false);
    }

    private static void WriteOptional(WireWriter writer, IReadOnlyDictionary<string, string>? map)
    {
        writer.WriteBool(map is not null);
        if (map is not null)
        {
            writer.WriteStringMap(map);
        }
    }
}
