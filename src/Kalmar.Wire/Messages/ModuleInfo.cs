namespace Kalmar.Wire.Messages;

/// <summary>A manager module: string name, bool can run, string error, map&lt;string, ModuleOption&gt;.</summary>
/// <param name="Name">The module's name.</param>
/// <param name="CanRun">False when something that it needs is missing.</param>
/// <param name="Error">Why it cannot run.</param>
/// <param name="Options">By name.</param>
public sealed record ModuleInfo(
    string Name, bool CanRun, string Error, IReadOnlyDictionary<string, ModuleOption> Options)
    : IWireEncodable<ModuleInfo>
{
    /// <inheritdoc/>
    public static ModuleInfo Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("ModuleInfo", 2, out _);
        return new ModuleInfo(
            body.ReadString(),
            body.ReadBool(),
            body.ReadString(),
            body.ReadMap(static (ref WireReader r) => r.ReadString(), static (ref WireReader r) => ModuleOption.Read(ref r), 10));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(2, 1);
        writer.WriteString(Name);
        writer.WriteBool(CanRun);
        writer.WriteString(Error);
        writer.WriteSortedMap(Options, static (w, v) => v.Write(w));
        writer.EndStruct(mark);
    }
}
