using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Ceph's object_stat_collection_t, VER(2,2): the sum, and u32 0 where sums by category once stood.</summary>
/// <param name="Sum">The counts.</param>
public sealed record ObjectStatsCollection(ObjectStats Sum) : IWireEncodable<ObjectStatsCollection>
{
    /// <inheritdoc/>
    public static ObjectStatsCollection Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("object_stat_collection_t", 2, out _);
        return new ObjectStatsCollection(ObjectStats.Read(ref body));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(2, 2);
        Sum.Write(writer);
        writer.WriteU32(0);
        writer.EndStruct(mark);
    }
}
