using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The daemons of one kind: Ceph's ServiceMap::Service, VER(1,1).</summary>
/// <param name="Daemons">Daemons by name.</param>
/// <param name="Summary">A line for the status; empty to have one made.</param>
public sealed partial record ServiceEntry(ValueMap<string, ServiceDaemon> Daemons, string Summary) : IWireEncodable<ServiceEntry>
{
    /// <inheritdoc/>
    public static ServiceEntry Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("ServiceMap::Service", 1, out _);
        return new ServiceEntry(
            body.ReadValueMap<string, ServiceDaemon>(static (ref WireReader r) => r.ReadString(), 10), body.ReadString());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteMap(Daemons, static (w, k) => w.WriteString(k), static (w, v) => v.Write(w));
        writer.WriteString(Summary);
        writer.EndStruct(mark);
    }
}
