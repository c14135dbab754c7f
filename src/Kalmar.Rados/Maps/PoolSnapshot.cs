using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A snapshot of a whole pool: Ceph's pool_snap_info_t, VER(2,2): u64 id, utime, string name.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Stamp">When it was made.</param>
/// <param name="Name">Its name.</param>
public sealed record PoolSnapshot(ulong Id, Utime Stamp, string Name) : IWireEncodable<PoolSnapshot>
{
    /// <inheritdoc/>
    public static PoolSnapshot Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("pool_snap_info_t", 2, out _);
        return new PoolSnapshot(body.ReadU64(), Utime.Read(ref body), body.ReadString());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(2, 2);
        writer.WriteU64(Id);
        Stamp.Write(writer);
        writer.WriteString(Name);
        writer.EndStruct(mark);
    }
}
