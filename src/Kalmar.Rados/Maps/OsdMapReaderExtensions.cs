using System.Runtime.InteropServices;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Reads parts that full OSD maps and incrementals share.</summary>
internal static class OsdMapReaderExtensions
{
    public static ValueList<OsdState> ReadStates(this ref WireReader reader)
    {
        int count = reader.ReadCount(4);
        return new ValueList<OsdState>(MemoryMarshal.Cast<byte, OsdState>(reader.ReadBytes(count * 4)).ToArray());
    }

    public static ValueList<EntityAddressVector> ReadAddressVectors(this ref WireReader reader) =>
        reader.ReadValues(static (ref WireReader r) => EntityAddressVector.Read(ref r), 5);

    public static ValueMap<EntityAddress, Utime> ReadBlocklist(this ref WireReader reader) =>
        reader.ReadValueMap(static (ref WireReader r) => EntityAddress.Read(ref r), static (ref WireReader r) => Utime.Read(ref r), 27);

    public static ValueMap<int, OsdState> ReadNodeFlags(this ref WireReader reader) =>
        reader.ReadValueMap(static (ref WireReader r) => r.ReadI32(), static (ref WireReader r) => (OsdState)r.ReadU32(), 8);

    public static ValueMap<string, ValueMap<string, string>> ReadProfiles(this ref WireReader reader) =>
        reader.ReadValueMap(static (ref WireReader r) => r.ReadString(), static (ref WireReader r) => r.ReadTextMap(), 8);

    public static ValueList<PgUpmapItem> ReadUpmapItems(this ref WireReader reader) =>
        reader.ReadValues(static (ref WireReader r) => new PgUpmapItem(new OsdId(r.ReadI32()), new OsdId(r.ReadI32())), 8);

    public static ValueList<PgId> ReadPgs(this ref WireReader reader) => reader.ReadValues<PgId>(17);
}
