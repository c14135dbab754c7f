namespace Kalmar.Wire.Messages;

/// <summary>
/// From the active manager to a monitor: paxos header, health_check_map, blob ServiceMap (empty: unchanged), map of progress events, u64
/// global id; the data is a PGMapDigest.
/// </summary>
/// <param name="HealthChecks">The manager's health checks by code.</param>
/// <param name="ServiceMap">The encoded ServiceMap, or empty.</param>
/// <param name="ProgressEvents">By id.</param>
/// <param name="GlobalId">The manager's.</param>
/// <param name="Data">The encoded PGMapDigest.</param>
public sealed record MMonMgrReport(
    IReadOnlyDictionary<string, HealthCheck> HealthChecks,
    ReadOnlyMemory<byte> ServiceMap,
    IReadOnlyDictionary<string, ProgressEvent> ProgressEvents,
    ulong GlobalId,
    ReadOnlyMemory<byte> Data)
    : IMessage<MMonMgrReport>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonMgrReport;

    /// <inheritdoc/>
    public static ushort WireVersion => 3;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public static MMonMgrReport Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        PaxosHeader.Skip(ref reader);
        return new MMonMgrReport(
            HealthCheck.ReadMap(ref reader),
            message.ReadBlob(ref reader),
            reader.ReadMap(static (ref WireReader r) => r.ReadString(), static (ref WireReader r) => ProgressEvent.Read(ref r), 10),
            reader.ReadU64(),
            message.Data);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PaxosHeader.Write(writer);
        HealthCheck.WriteMap(writer, HealthChecks);
        writer.WriteBlob(ServiceMap.Span);
        writer.WriteSortedMap(ProgressEvents, static (w, v) => v.Write(w));
        writer.WriteU64(GlobalId);
    }
}
