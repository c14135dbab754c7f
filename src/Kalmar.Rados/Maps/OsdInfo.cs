using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Epochs at which one OSD came and went: Ceph's osd_info_t. On the wire: u8 1 and six u32.</summary>
/// <param name="LastCleanBegin">Start of the last interval that ended with a clean stop.</param>
/// <param name="LastCleanEnd">End of that interval.</param>
/// <param name="UpFrom">Up since.</param>
/// <param name="UpThrough">Known to be up through.</param>
/// <param name="DownAt">Down since (0 when never).</param>
/// <param name="LostAt">Declared lost at (0 when never).</param>
public readonly record struct OsdInfo(Epoch LastCleanBegin, Epoch LastCleanEnd, Epoch UpFrom, Epoch UpThrough, Epoch DownAt, Epoch LostAt)
    : IWireEncodable<OsdInfo>
{
    /// <inheritdoc/>
    public static OsdInfo Read(ref WireReader reader)
    {
        byte version = reader.ReadU8();
        if (version != 1)
        {
            throw reader.Error($"unknown osd_info_t version {version}");
        }

        return new OsdInfo(
            new Epoch(reader.ReadU32()),
            new Epoch(reader.ReadU32()),
            new Epoch(reader.ReadU32()),
            new Epoch(reader.ReadU32()),
            new Epoch(reader.ReadU32()),
            new Epoch(reader.ReadU32()));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(1);
        writer.WriteU32(LastCleanBegin.Value);
        writer.WriteU32(LastCleanEnd.Value);
        writer.WriteU32(UpFrom.Value);
        writer.WriteU32(UpThrough.Value);
        writer.WriteU32(DownAt.Value);
        writer.WriteU32(LostAt.Value);
    }
}
