namespace Kalmar.Wire.Messages;

/// <summary>A health check (Ceph's health_check_t): u8 severity, string summary, list of strings detail, s64 count.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Summary">One line.</param>
/// <param name="Detail">More lines.</param>
/// <param name="Count">How many things are affected.</param>
public sealed record HealthCheck(
    HealthCheckSeverity Severity, string Summary, IReadOnlyList<string> Detail, long Count)
    : IWireEncodable<HealthCheck>
{
    /// <inheritdoc/>
    public static HealthCheck Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("health_check_t", 2, out byte version);
        return new HealthCheck(
            (HealthCheckSeverity)body.ReadU8(),
            body.ReadString(),
            body.ReadList(static (ref WireReader r) => r.ReadString(), 4),
            version >= 2 ? body.ReadI64() : 0);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(2, 1);
        writer.WriteU8((byte)Severity);
        writer.WriteString(Summary);
        writer.WriteList(Detail, static (w, s) => w.WriteString(s));
        writer.WriteI64(Count);
        writer.EndStruct(mark);
    }

    /// <summary>health_check_map: VER(1,1){ map&lt;string code, health_check_t&gt; }.</summary>
    /// <param name="reader">Where it starts.</param>
    public static IReadOnlyDictionary<string, HealthCheck> ReadMap(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("health_check_map", 1, out _);
        return body.ReadMap(static (ref WireReader r) => r.ReadString(), static (ref WireReader r) => Read(ref r), 10);
    }

    /// <summary>Writes what <see cref="ReadMap"/> reads.</summary>
    /// <param name="writer">Where the bytes go.</param>
    /// <param name="checks">The checks by code.</param>
    public static void WriteMap(WireWriter writer, IReadOnlyDictionary<string, HealthCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteSortedMap(checks, static (w, v) => v.Write(w));
        writer.EndStruct(mark);
    }
}
