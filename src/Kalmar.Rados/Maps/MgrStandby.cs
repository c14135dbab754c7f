using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A manager that waits: Ceph's MgrMap::StandbyInfo, VER(4,1).</summary>
/// <param name="Gid">Its global id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Modules">The modules that it has.</param>
/// <param name="Features">The protocol features that it announced.</param>
public sealed record MgrStandby(ulong Gid, string Name, ValueList<MgrModule> Modules, ulong Features) : IWireEncodable<MgrStandby>
{
    /// <inheritdoc/>
    public static MgrStandby Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("MgrMap::StandbyInfo", 4, out byte version);
        ulong gid = body.ReadU64();
        string name = body.ReadString();
        if (version >= 2)
        {
            // Names of modules, which the list that follows has again.
            _ = body.ReadStrings();
        }

        return new MgrStandby(
            gid, name, version >= 3 ? body.ReadValues<MgrModule>(15) : [], version >= 4 ? body.ReadU64() : 0);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(4, 1);
        writer.WriteU64(Gid);
        writer.WriteString(Name);
        writer.WriteStrings([.. Modules.Select(m => m.Name).Distinct().Order(KeyOrder.For<string>())]);
        writer.WriteList(Modules);
        writer.WriteU64(Features);
        writer.EndStruct(mark);
    }
}
