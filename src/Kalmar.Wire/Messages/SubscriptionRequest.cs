namespace Kalmar.Wire.Messages;

/// <summary>One entry of <see cref="MMonSubscribe"/>: u64 start, u8 flags (bit 0: only once).</summary>
/// <param name="Start">The first version wanted; 0 asks for the latest one now.</param>
/// <param name="OneTime">True for one answer, false to go on.</param>
public sealed record SubscriptionRequest(ulong Start, bool OneTime) : IWireEncodable<SubscriptionRequest>
{
    /// <inheritdoc/>
    public static SubscriptionRequest Read(ref WireReader reader) => new(reader.ReadU64(), (reader.ReadU8() & 1) != 0);

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(Start);
        writer.WriteBool(OneTime);
    }
}
