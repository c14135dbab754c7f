using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A module that a manager has: Ceph's MgrMap::ModuleInfo, VER(2,1).</summary>
/// <param name="Name">Its name.</param>
/// <param name="CanRun">Whether it could run there.</param>
/// <param name="Error">Why it could not; else empty.</param>
/// <param name="Options">Its options by name.</param>
public sealed record MgrModule(string Name, bool CanRun, string Error, ValueMap<string, MgrModuleOption> Options) : IWireEncodable<MgrModule>
{
    /// <inheritdoc/>
    public static MgrModule Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("MgrMap::ModuleInfo", 2, out byte version);
        return new MgrModule(
            body.ReadString(),
            body.ReadBool(),
            body.ReadString(),
            version >= 2
                ? body.ReadValueMap<string, MgrModuleOption>(static (ref WireReader r) => r.ReadString(), 10)
                : ValueMap<string, MgrModuleOption>.Empty);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(2, 1);
        writer.WriteString(Name);
        writer.WriteBool(CanRun);
        writer.WriteString(Error);
        writer.WriteMap(Options, static (w, k) => w.WriteString(k), static (w, v) => v.Write(w));
        writer.EndStruct(mark);
    }
}
