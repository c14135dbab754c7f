namespace Kalmar.Wire.Messages;

/// <summary>
/// From the manager to a daemon: u32 period, u32 threshold, map of OSD performance queries (written empty, not kept), optional metric
/// configuration (written absent, not kept).
/// </summary>
/// <param name="StatsPeriod">Seconds between two reports.</param>
/// <param name="StatsThreshold">Counters with a lower priority than this are not sent; 0 for all.</param>
public sealed record MMgrConfigure(uint StatsPeriod, uint StatsThreshold) : IMessage<MMgrConfigure>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MgrConfigure;

    /// <inheritdoc/>
    public static ushort WireVersion => 4;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MMgrConfigure Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MMgrConfigure(reader.ReadU32(), reader.ReadU32());
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32(StatsPeriod);
        writer.WriteU32(StatsThreshold);
        writer.WriteU32(0);
        writer.WriteBool(false);
    }
}
