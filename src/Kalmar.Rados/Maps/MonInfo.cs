using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>One monitor: Ceph's mon_info_t, VER(5,1), in Squid VER(6,1).</summary>
public sealed record MonInfo : IWireEncodable<MonInfo>
{
    private const byte Newest = 6;

    /// <summary>The version in which it is written; what was read keeps its own.</summary>
    public byte EncodingVersion { get; init; } = 5;

    /// <summary>Its name (<c>a</c>, or the host's).</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it listens.</summary>
    public EntityAddressVector Addresses { get; init; } = EntityAddressVector.Empty;

    /// <summary>Clients prefer lower priorities.</summary>
    public ushort Priority { get; init; }

    /// <summary>How often clients choose it among those of the same priority.</summary>
    public ushort Weight { get; init; }

    /// <summary>Its place in the hierarchy, as type to name; used by stretch mode.</summary>
    public ValueMap<string, string> CrushLocation { get; init; } = ValueMap<string, string>.Empty;

    /// <summary>When it was added (Squid).</summary>
    public Utime TimeAdded { get; init; }

    /// <inheritdoc/>
    public static MonInfo Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("mon_info_t", Newest, out byte version);
        return new MonInfo
        {
            EncodingVersion = Math.Min(version, Newest),
            Name = body.ReadString(),
            Addresses = EntityAddressVector.Read(ref body),
            Priority = version >= 2 ? body.ReadU16() : (ushort)0,
            Weight = version >= 4 ? body.ReadU16() : (ushort)0,
            CrushLocation = version >= 5 ? body.ReadTextMap() : ValueMap<string, string>.Empty,
            TimeAdded = version >= 6 ? Utime.Read(ref body) : default,
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(Math.Max(EncodingVersion, (byte)5), 1);
        writer.WriteString(Name);
        Addresses.Write(writer);
        writer.WriteU16(Priority);
        writer.WriteU16(Weight);
        writer.WriteTextMap(CrushLocation);
        if (EncodingVersion >= 6)
        {
            TimeAdded.Write(writer);
        }

        writer.EndStruct(mark);
    }
}
