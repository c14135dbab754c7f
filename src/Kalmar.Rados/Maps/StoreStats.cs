using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>What an object store holds, in bytes: Ceph's store_statfs_t, VER(1,1).</summary>
/// <param name="Total">The size of the store.</param>
/// <param name="Available">What is free.</param>
/// <param name="InternallyReserved">What the store keeps for itself.</param>
/// <param name="Allocated">What is taken by data.</param>
/// <param name="DataStored">The data itself, before compression.</param>
/// <param name="DataCompressed">Compressed data.</param>
/// <param name="DataCompressedAllocated">What is taken by compressed data.</param>
/// <param name="DataCompressedOriginal">The compressed data before its compression.</param>
/// <param name="OmapAllocated">What is taken by omap.</param>
/// <param name="InternalMetadata">What is taken by the store's own metadata.</param>
public sealed record StoreStats(
    long Total,
    long Available,
    long InternallyReserved,
    long Allocated,
    long DataStored,
    long DataCompressed,
    long DataCompressedAllocated,
    long DataCompressedOriginal,
    long OmapAllocated,
    long InternalMetadata) : IWireEncodable<StoreStats>
{
    /// <summary>All zero.</summary>
    public static StoreStats Zero { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <inheritdoc/>
    public static StoreStats Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("store_statfs_t", 1, out _);
        return new StoreStats(
            body.ReadI64(),
            body.ReadI64(),
            body.ReadI64(),
            body.ReadI64(),
            body.ReadI64(),
            body.ReadI64(),
            body.ReadI64(),
            body.ReadI64(),
            body.ReadI64(),
            body.ReadI64());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteI64(Total);
        writer.WriteI64(Available);
        writer.WriteI64(InternallyReserved);
        writer.WriteI64(Allocated);
        writer.WriteI64(DataStored);
        writer.WriteI64(DataCompressed);
        writer.WriteI64(DataCompressedAllocated);
        writer.WriteI64(DataCompressedOriginal);
        writer.WriteI64(OmapAllocated);
        writer.WriteI64(InternalMetadata);
        writer.EndStruct(mark);
    }

    /// <summary>The sum of both, field by field.</summary>
    /// <param name="other">What to add.</param>
    public StoreStats Add(StoreStats other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new StoreStats(
            Total + other.Total,
            Available + other.Available,
            InternallyReserved + other.InternallyReserved,
            Allocated + other.Allocated,
            DataStored + other.DataStored,
            DataCompressed + other.DataCompressed,
            DataCompressedAllocated + other.DataCompressedAllocated,
            DataCompressedOriginal + other.DataCompressedOriginal,
            OmapAllocated + other.OmapAllocated,
            InternalMetadata + other.InternalMetadata);
    }
}
