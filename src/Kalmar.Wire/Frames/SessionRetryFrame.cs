namespace Kalmar.Wire.Frames;

/// <summary>Server: u64 connect sequence to go above.</summary>
/// <param name="ConnectSequence">The server's connect sequence.</param>
public sealed record SessionRetryFrame(ulong ConnectSequence) : IControlFrame<SessionRetryFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.SessionRetry;

    /// <inheritdoc/>
    public static SessionRetryFrame Read(ref WireReader reader) => new(reader.ReadU64());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(ConnectSequence);
    }
}
