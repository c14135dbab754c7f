using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// How long one OSD's heartbeats to another take, in microseconds: part of osd_stat_t. On the wire: s32 osd, u32 last update, then for each
/// network u32[3] average, u32[3] minimum, u32[3] maximum (over 1, 5 and 15 minutes), u32 last.
/// </summary>
/// <param name="Osd">The other OSD.</param>
/// <param name="LastUpdate">Seconds since the Unix epoch.</param>
/// <param name="Back">The cluster network.</param>
/// <param name="Front">The public network; all 0 when there is none of its own.</param>
public sealed record OsdPingTimes(OsdId Osd, uint LastUpdate, PingTimes Back, PingTimes Front) : IWireEncodable<OsdPingTimes>
{
    /// <inheritdoc/>
    public static OsdPingTimes Read(ref WireReader reader) =>
        new(new OsdId(reader.ReadI32()), reader.ReadU32(), PingTimes.Read(ref reader), PingTimes.Read(ref reader));

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteI32(Osd.Value);
        writer.WriteU32(LastUpdate);
        Back.Write(writer);
        Front.Write(writer);
    }
}
