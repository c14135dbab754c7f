namespace Kalmar.Wire.Messages;

/// <summary>A PG, or one shard of an erasure-coded one (Ceph's spg_t): VER(1,1){ pg_t, s8 shard }.</summary>
/// <param name="Pg">The PG.</param>
/// <param name="Shard">The place in the acting set; -1 in replicated pools.</param>
public readonly record struct ShardedPgId(PgId Pg, sbyte Shard) : IWireEncodable<ShardedPgId>
{
    /// <summary>The shard of replicated pools.</summary>
    public const sbyte NoShard = -1;

    /// <inheritdoc/>
    public static ShardedPgId Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("spg_t", 1, out _);
        return new ShardedPgId(PgId.Read(ref body), body.ReadI8());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        Pg.Write(writer);
        writer.WriteI8(Shard);
        writer.EndStruct(mark);
    }
}
