namespace Kalmar.Wire.Messages;

/// <summary>
/// An option of a manager module: string name, u8 type, u8 level, u32 flags, strings default, min and max, set of strings, strings
/// description and long description, sets of strings tags and see also.
/// </summary>
/// <param name="Name">The option's name.</param>
/// <param name="OptionType">0 u64, 1 s64, 2 text, 3 float, 4 bool, 5 address and so on.</param>
/// <param name="Level">0 basic, 1 advanced, 2 developer.</param>
/// <param name="Flags">Ceph's option flags.</param>
/// <param name="Default">The value when it is not set.</param>
/// <param name="Minimum">The least value; may be empty.</param>
/// <param name="Maximum">The greatest value; may be empty.</param>
/// <param name="Allowed">The values to choose from; may be empty.</param>
/// <param name="Description">One line.</param>
/// <param name="LongDescription">More lines.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="SeeAlso">Names of other options.</param>
public sealed record ModuleOption(
    string Name,
    byte OptionType,
    byte Level,
    uint Flags,
    string Default,
    string Minimum,
    string Maximum,
    IReadOnlyCollection<string> Allowed,
    string Description,
    string LongDescription,
    IReadOnlyCollection<string> Tags,
    IReadOnlyCollection<string> SeeAlso)
    : IWireEncodable<ModuleOption>
{
    /// <inheritdoc/>
    public static ModuleOption Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("ModuleOption", 1, out _);
        return new ModuleOption(
            body.ReadString(),
            body.ReadU8(),
            body.ReadU8(),
            body.ReadU32(),
            body.ReadString(),
            body.ReadString(),
            body.ReadString(),
            body.ReadList(static (ref WireReader r) => r.ReadString(), 4),
            body.ReadString(),
            body.ReadString(),
            body.ReadList(static (ref WireReader r) => r.ReadString(), 4),
            body.ReadList(static (ref WireReader r) => r.ReadString(), 4));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteString(Name);
        writer.WriteU8(OptionType);
        writer.WriteU8(Level);
        writer.WriteU32(Flags);
        writer.WriteString(Default);
        writer.WriteString(Minimum);
        writer.WriteString(Maximum);
        writer.WriteSortedStrings(Allowed);
        writer.WriteString(Description);
        writer.WriteString(LongDescription);
        writer.WriteSortedStrings(Tags);
        writer.WriteSortedStrings(SeeAlso);
        writer.EndStruct(mark);
    }
}
