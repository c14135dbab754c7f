using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>An OSD and the shard that it has of a PG: Ceph's pg_shard_t, VER(1,1).</summary>
/// <param name="Osd">The OSD.</param>
/// <param name="Shard">The place in the acting set of an erasure-coded PG, else -1.</param>
public readonly record struct PgShard(OsdId Osd, sbyte Shard) : IWireEncodable<PgShard>
{
    /// <inheritdoc/>
    public static PgShard Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("pg_shard_t", 1, out _);
        return new PgShard(new OsdId(body.ReadI32()), body.ReadI8());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteI32(Osd.Value);
        writer.WriteI8(Shard);
        writer.EndStruct(mark);
    }
}
