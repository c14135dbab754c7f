using Kalmar.Wire;

namespace Kalmar.Rados.Monitors;

/// <summary>
/// The part of a MonMap that finding monitors needs: VER{ uuid, u32 epoch, utime, utime, 2 × feature VER{...}, map&lt;string,
/// mon_info VER{ string name, entity_addrvec, ... }&gt;, ... }, version 6 and later.
/// </summary>
internal sealed record MonMapOutline(Guid Fsid, Epoch Epoch, IReadOnlyList<(string Name, EntityAddressVector Addresses)> Monitors)
{
    private const byte Newest = 10;
    private const byte OldestWithInfo = 6;

    public static MonMapOutline Read(ReadOnlySpan<byte> map)
    {
        var outer = new WireReader(map, "MonMap");
        WireReader body = outer.ReadStruct("MonMap", Newest, out byte version);
        if (version < OldestWithInfo)
        {
            throw body.Error($"MonMap version {version}, {OldestWithInfo} (Nautilus) is the oldest that can be read");
        }

        Guid fsid = body.ReadUuid();
        var epoch = new Epoch(body.ReadU32());
        body.Skip(16);
        body.ReadStruct("persistent features", 1, out _);
        body.ReadStruct("optional features", 1, out _);
        int count = body.ReadCount(10);
        var monitors = new (string, EntityAddressVector)[count];
        for (int i = 0; i < count; i++)
        {
            string key = body.ReadString();
            WireReader info = body.ReadStruct("mon_info_t", byte.MaxValue, out _);
            info.ReadString();
            monitors[i] = (key, EntityAddressVector.Read(ref info));
        }

        return new MonMapOutline(fsid, epoch, monitors);
    }

    /// <summary>The name of the monitor at an address, or null.</summary>
    public string? NameOf(EntityAddress address)
    {
        foreach ((string name, EntityAddressVector addresses) in Monitors)
        {
            if (addresses.Addresses.Contains(address))
            {
                return name;
            }
        }

        return null;
    }
}
