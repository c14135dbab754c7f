namespace Kalmar.Wire.Frames;

/// <summary>Are you there? utime of the sender.</summary>
/// <param name="Sent">When it was sent, by the sender's clock.</param>
public sealed record KeepaliveFrame(Utime Sent) : IControlFrame<KeepaliveFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.Keepalive;

    /// <inheritdoc/>
    public static KeepaliveFrame Read(ref WireReader reader) => new(Utime.Read(ref reader));

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Sent.Write(writer);
    }
}
