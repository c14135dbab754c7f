namespace Kalmar.Wire.Messages;

/// <summary>A counter that a daemon declares: string path, string description, string nick, u8 type, u8 priority, u8 unit.</summary>
/// <param name="Path">GROUP.NAME.</param>
/// <param name="Description">One line.</param>
/// <param name="Nick">Up to four letters.</param>
/// <param name="TypeBits">1 time, 2 u64, 4 long-running average, 8 counter (else gauge), 16 histogram.</param>
/// <param name="Priority">10 critical, 8 interesting, 5 useful, 2 uninteresting, 0 debug.</param>
/// <param name="Unit">0 bytes, 1 none.</param>
public sealed record PerfCounterType(
    string Path, string Description, string Nick, byte TypeBits, byte Priority, byte Unit)
    : IWireEncodable<PerfCounterType>
{
    /// <inheritdoc/>
    public static PerfCounterType Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("PerfCounterType", 3, out _);
        return new PerfCounterType(body.ReadString(), body.ReadString(), body.ReadString(), body.ReadU8(), body.ReadU8(), body.ReadU8());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(3, 1);
        writer.WriteString(Path);
        writer.WriteString(Description);
        writer.WriteString(Nick);
        writer.WriteU8(TypeBits);
        writer.WriteU8(Priority);
        writer.WriteU8(Unit);
        writer.EndStruct(mark);
    }
}
