using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The state of a cluster stretched over two sites. On the wire: bool, u32, u32, u32, s32.</summary>
/// <param name="IsEnabled">Whether the cluster is stretched.</param>
/// <param name="BucketCount">How many sites.</param>
/// <param name="Degraded">How many sites are left when one is lost; 0 when all are there.</param>
/// <param name="Recovering">1 while a site that came back recovers.</param>
/// <param name="BucketType">The CRUSH type of a site.</param>
public readonly record struct StretchMode(bool IsEnabled, uint BucketCount, uint Degraded, uint Recovering, int BucketType)
    : IWireEncodable<StretchMode>
{
    /// <inheritdoc/>
    public static StretchMode Read(ref WireReader reader) =>
        new(reader.ReadBool(), reader.ReadU32(), reader.ReadU32(), reader.ReadU32(), reader.ReadI32());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBool(IsEnabled);
        writer.WriteU32(BucketCount);
        writer.WriteU32(Degraded);
        writer.WriteU32(Recovering);
        writer.WriteI32(BucketType);
    }
}
