using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>What a PG of a stretched pool needs in order to peer. On the wire: u32, u32, u32, s32.</summary>
/// <param name="BucketCount">In how many buckets the acting set must be.</param>
/// <param name="BucketTarget">In how many buckets it should be.</param>
/// <param name="BucketBarrier">The type of these buckets.</param>
/// <param name="MandatoryMember">A bucket that must be among them, or 0x7fffffff.</param>
public readonly record struct PeeringCrush(uint BucketCount, uint BucketTarget, uint BucketBarrier, int MandatoryMember)
    : IWireEncodable<PeeringCrush>
{
    /// <inheritdoc/>
    public static PeeringCrush Read(ref WireReader reader) => new(reader.ReadU32(), reader.ReadU32(), reader.ReadU32(), reader.ReadI32());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32(BucketCount);
        writer.WriteU32(BucketTarget);
        writer.WriteU32(BucketBarrier);
        writer.WriteI32(MandatoryMember);
    }
}
