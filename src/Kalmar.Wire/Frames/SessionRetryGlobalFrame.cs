namespace Kalmar.Wire.Frames;

/// <summary>Server: u64 global sequence to go above.</summary>
/// <param name="GlobalSequence">The server's global sequence.</param>
public sealed record SessionRetryGlobalFrame(ulong GlobalSequence) : IControlFrame<SessionRetryGlobalFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.SessionRetryGlobal;

    /// <inheritdoc/>
    public static SessionRetryGlobalFrame Read(ref WireReader reader) => new(reader.ReadU64());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(GlobalSequence);
    }
}
