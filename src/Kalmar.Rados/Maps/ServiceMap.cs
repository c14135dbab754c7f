using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Daemons that announce themselves to the manager, such as RADOS gateways: Ceph's ServiceMap, VER(1,1).</summary>
/// <param name="Epoch">The map's version.</param>
/// <param name="Modified">When this version was made.</param>
/// <param name="Services">Services by kind (<c>rgw</c>, <c>rbd-mirror</c>).</param>
public sealed record ServiceMap(Epoch Epoch, Utime Modified, ValueMap<string, ServiceEntry> Services) : IWireEncodable<ServiceMap>
{
    /// <summary>The services without the daemons that have a map of their own (mon, mgr, osd, mds), which may announce themselves here too.</summary>
    public IEnumerable<KeyValuePair<string, ServiceEntry>> ServicesWithoutMap => Services.Where(s => s.Key is not ("mon" or "mgr" or "osd" or "mds" or "client"));

    /// <inheritdoc/>
    public static ServiceMap Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("ServiceMap", 1, out _);
        return new ServiceMap(
            new Epoch(body.ReadU32()),
            Utime.Read(ref body),
            body.ReadValueMap<string, ServiceEntry>(static (ref WireReader r) => r.ReadString(), 10));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteU32(Epoch.Value);
        Modified.Write(writer);
        writer.WriteMap(Services, static (w, k) => w.WriteString(k), static (w, v) => v.Write(w));
        writer.EndStruct(mark);
    }
}
