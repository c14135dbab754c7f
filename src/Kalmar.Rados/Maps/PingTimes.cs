using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>How long heartbeats take on one network, in microseconds.</summary>
/// <param name="Average">On average.</param>
/// <param name="Minimum">At least.</param>
/// <param name="Maximum">At most.</param>
/// <param name="Last">The last one.</param>
public readonly record struct PingTimes(PingWindow Average, PingWindow Minimum, PingWindow Maximum, uint Last) : IWireEncodable<PingTimes>
{
    /// <inheritdoc/>
    public static PingTimes Read(ref WireReader reader) =>
        new(PingWindow.Read(ref reader), PingWindow.Read(ref reader), PingWindow.Read(ref reader), reader.ReadU32());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Average.Write(writer);
        Minimum.Write(writer);
        Maximum.Write(writer);
        writer.WriteU32(Last);
    }
}
