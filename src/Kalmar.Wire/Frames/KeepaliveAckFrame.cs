namespace Kalmar.Wire.Frames;

/// <summary>I am. utime of the KEEPALIVE2 that is answered.</summary>
/// <param name="Sent">The time that was received.</param>
public sealed record KeepaliveAckFrame(Utime Sent) : IControlFrame<KeepaliveAckFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.KeepaliveAck;

    /// <inheritdoc/>
    public static KeepaliveAckFrame Read(ref WireReader reader) => new(Utime.Read(ref reader));

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Sent.Write(writer);
    }
}
