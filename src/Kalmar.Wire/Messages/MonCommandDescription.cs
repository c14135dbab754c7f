namespace Kalmar.Wire.Messages;

/// <summary>
/// A command as monitors learn it from a manager (Ceph's MonCommand): string signature, string help, string module, string permissions,
/// string availability, u64 flags.
/// </summary>
/// <param name="Signature">For example <c>pg dump name=dumpcontents,type=CephChoices,...</c>.</param>
/// <param name="Help">One line.</param>
/// <param name="Module">What the caps are checked against: pg, osd, mgr and so on.</param>
/// <param name="Permissions">r, rw.</param>
/// <param name="Availability">cli,rest.</param>
/// <param name="Flags">8: the manager answers it.</param>
public sealed record MonCommandDescription(
    string Signature, string Help, string Module, string Permissions, string Availability, ulong Flags)
    : IWireEncodable<MonCommandDescription>
{
    /// <inheritdoc/>
    public static MonCommandDescription Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("MonCommandDescription", 1, out _);
        return new MonCommandDescription(
            body.ReadString(),
            body.ReadString(),
            body.ReadString(),
            body.ReadString(),
            body.ReadString(),
            body.ReadU64());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteString(Signature);
        writer.WriteString(Help);
        writer.WriteString(Module);
        writer.WriteString(Permissions);
        writer.WriteString(Availability);
        writer.WriteU64(Flags);
        writer.EndStruct(mark);
    }
}
