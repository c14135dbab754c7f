namespace Kalmar.Wire.Frames;

/// <summary>Server: the session goes on. u64 last message seen.</summary>
/// <param name="LastSeen">The last message that the server received.</param>
public sealed record SessionReconnectOkFrame(ulong LastSeen) : IControlFrame<SessionReconnectOkFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.SessionReconnectOk;

    /// <inheritdoc/>
    public static SessionReconnectOkFrame Read(ref WireReader reader) => new(reader.ReadU64());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(LastSeen);
    }
}
