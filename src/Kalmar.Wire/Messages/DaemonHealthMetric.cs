namespace Kalmar.Wire.Messages;

/// <summary>What a daemon says about its own health: u8 type, u64 value (low u32 count, high u32 seconds of the oldest).</summary>
/// <param name="Metric">What is counted.</param>
/// <param name="Value">Count in the low 32 bits, seconds of the oldest in the high ones.</param>
public sealed record DaemonHealthMetric(DaemonHealthMetricType Metric, ulong Value) : IWireEncodable<DaemonHealthMetric>
{
    /// <summary>How many.</summary>
    public uint Count => (uint)Value;

    /// <summary>Seconds of the oldest one.</summary>
    public uint OldestSeconds => (uint)(Value >> 32);

    /// <inheritdoc/>
    public static DaemonHealthMetric Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("DaemonHealthMetric", 1, out _);
        return new DaemonHealthMetric((DaemonHealthMetricType)body.ReadU8(), body.ReadU64());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteU8((byte)Metric);
        writer.WriteU64(Value);
        writer.EndStruct(mark);
    }
}
