using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>One figure over three windows of time. On the wire: u32[3].</summary>
/// <param name="OneMinute">Over the last minute.</param>
/// <param name="FiveMinutes">Over the last 5 minutes.</param>
/// <param name="FifteenMinutes">Over the last 15 minutes.</param>
public readonly record struct PingWindow(uint OneMinute, uint FiveMinutes, uint FifteenMinutes) : IWireEncodable<PingWindow>
{
    /// <inheritdoc/>
    public static PingWindow Read(ref WireReader reader) => new(reader.ReadU32(), reader.ReadU32(), reader.ReadU32());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32(OneMinute);
        writer.WriteU32(FiveMinutes);
        writer.WriteU32(FifteenMinutes);
    }
}
