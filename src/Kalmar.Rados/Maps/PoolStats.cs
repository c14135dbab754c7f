using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>What a pool holds and does: Ceph's pool_stat_t, VER(7,5).</summary>
public sealed record PoolStats : IWireEncodable<PoolStats>
{
    private const byte Newest = 7;

    /// <summary>All zero.</summary>
    public static PoolStats Zero { get; } = new();

    /// <summary>Counts of objects and operations.</summary>
    public ObjectStats Objects { get; init; } = ObjectStats.Zero;

    /// <summary>Entries of its PGs' logs.</summary>
    public long LogSize { get; init; }

    /// <summary>Entries of its PGs' logs on disk.</summary>
    public long OnDiskLogSize { get; init; }

    /// <summary>Sum of the sizes of the up sets.</summary>
    public int Up { get; init; }

    /// <summary>Sum of the sizes of the acting sets.</summary>
    public int Acting { get; init; }

    /// <summary>What it takes on the OSDs.</summary>
    public StoreStats Store { get; init; } = StoreStats.Zero;

    /// <summary>How many OSDs told what it takes.</summary>
    public int StoreStatsCount { get; init; }

    /// <inheritdoc/>
    public static PoolStats Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("pool_stat_t", Newest, out byte version);
        return new PoolStats
        {
            Objects = ObjectStatsCollection.Read(ref body).Sum,
            LogSize = body.ReadI64(),
            OnDiskLogSize = body.ReadI64(),
            Up = version >= 6 ? body.ReadI32() : 0,
            Acting = version >= 6 ? body.ReadI32() : 0,
            Store = version >= 7 ? StoreStats.Read(ref body) : StoreStats.Zero,
            StoreStatsCount = version >= 7 ? body.ReadI32() : 0,
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(Newest, 5);
        new ObjectStatsCollection(Objects).Write(writer);
        writer.WriteI64(LogSize);
        writer.WriteI64(OnDiskLogSize);
        writer.WriteI32(Up);
        writer.WriteI32(Acting);
        Store.Write(writer);
        writer.WriteI32(StoreStatsCount);
        writer.EndStruct(mark);
    }
}
